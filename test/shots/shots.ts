/**
 * Takes the gallery of pictures for review: a real server, a real browser, every screen that matters. `npm run shots`
 * writes them all to `shots/`; `npm run shots -- why phone` only those whose names hold one of the words.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { buildClientIfStale } from '../../server/build-client.ts'
import { openBrowser } from '../support/browser.ts'
import { openServer } from '../support/live-server.ts'
import { GALLERY } from './gallery.ts'
import { openStudio } from './studio.ts'

const OUT = fileURLToPath(new URL('../../shots', import.meta.url))
const words = process.argv.slice(2)

if (!buildClientIfStale((line) => process.stdout.write(`shots: ${line}\n`))) process.exit(1)
mkdirSync(OUT, { recursive: true })
const server = await openServer()
const browser = await openBrowser()
for (const visit of GALLERY) {
  const isWanted = words.length === 0 || words.some((word) => visit.name.includes(word))
  if (!isWanted) continue
  const studio = await openStudio({ browser, server, visit, out: OUT })
  try {
    await visit.take(studio)
    for (const complaint of studio.complaints) process.stdout.write(`shots: ${visit.name} complains: ${complaint}\n`)
  } catch (error) {
    process.stdout.write(`shots: ${visit.name} failed: ${String(error)}\n`)
    process.exitCode = 1
  } finally {
    await studio.close()
  }
}
await browser.close()
await server.close()
