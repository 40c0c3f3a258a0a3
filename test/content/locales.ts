import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import en from '../../assets/locales/en.json'
import fr from '../../assets/locales/fr.json'

export const LOCALES: Readonly<Record<'en' | 'fr', Readonly<Record<string, string>>>> = { en, fr }

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Where keys are asked for: by the screens, by the city, by the scenarios. */
const SOURCES = ['client', 'server/city', 'server/rooms', 'server/mail', 'shared', 'assets/scenarios']

export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Every file that may ask for a text. */
export function readSources(): readonly SourceFile[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|tsx|json)$/.test(path) && !path.startsWith('dist'))
      .map((path) => ({ path: join(folder, path), text: readFileSync(join(ROOT, folder, path), 'utf8') })),
  )
}

/** `part.` of `` `part.${name}` ``: beginnings of keys that are put together when the game runs. */
export const prefixesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([a-z][a-zA-Z-]*(?:\.[a-zA-Z-]+)*[.-])\$\{/g)].map(([, prefix]) => prefix ?? '')

/** The text without its plural ending. */
export const baseOf = (key: string): string => key.replace(/_(one|other)$/, '')

/** Names of the gaps of a text, sorted; `{{speed}}` and the one in `$t(part.{{part}})` alike. */
export const gapsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort()
