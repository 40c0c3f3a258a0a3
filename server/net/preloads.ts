import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

/** What the client's build says of its files, by the name of the source. */
const manifest = z.record(z.string(), z.object({ file: z.string(), imports: z.array(z.string()).default([]) }))

/** The largest script of the street: Phaser, and all that it draws. */
const STREET = 'scenes/game.ts'

/**
 * The scripts of the street as the value of a `Link` header: with it a browser fetches them together with the page, and
 * not only when the page's first script has been read.
 *
 * @param client folder of the built client
 * @returns nothing for a build that keeps no list of its files
 * @throws when the list is not what Vite writes
 */
export function preloadsOf(client: string): string {
  const list = join(client, '.vite/manifest.json')
  if (!existsSync(list)) return ''
  const files = manifest.parse(JSON.parse(readFileSync(list, 'utf8')))
  const needed = new Set([STREET])
  for (const name of needed) for (const other of files[name]?.imports ?? []) needed.add(other)
  const scripts = [...needed].flatMap((name) => files[name]?.file ?? [])
  return scripts.map((file) => `</${file}>; rel=modulepreload`).join(', ')
}
