import { globSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

/** Every rule has a test, and every id in a test's title is a rule. */
const root = new URL('../../', import.meta.url).pathname
const read = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude: ['node_modules/**'] }).map((path) => readFileSync(root + path, 'utf8'))

const RULE = /^- \*\*([A-Z][A-Z0-9]*-\d+)\*\* /gm
const TITLE = /\[([A-Z][A-Z0-9]*-\d+)\]/g

const ids = (texts: readonly string[], pattern: RegExp) =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))

describe('rules and tests', () => {
  const rules = ids(read('{shared,server,client,assets}/**/RULES.md'), RULE)
  const titles = new Set(ids(read('test/**/*.test.{ts,tsx}'), TITLE))

  it('states each rule once', () => {
    expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([])
    expect(rules.length).toBeGreaterThan(0)
  })

  it('proves every rule by a test', () => {
    expect(rules.filter((id) => !titles.has(id))).toEqual([])
  })

  it('names only rules that exist', () => {
    expect([...titles].filter((id) => !rules.includes(id))).toEqual([])
  })
})
