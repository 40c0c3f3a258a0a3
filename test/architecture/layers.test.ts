import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path/posix'

import { describe, expect, it } from 'vitest'

/** What a folder may import: of ours, by the beginning of a path; of others, by the name of a package or `node:`. */
interface Row {
  readonly folder: string
  readonly ours: readonly string[]
  readonly others: readonly string[]
}

const NODE = 'node:'
const ENGINE = ['shared/', 'server/sim/', 'server/services/', 'server/city/']

/** Who may import whom, as ARCHITECTURE.md has it; the first row that matches counts. A folder may always import itself. */
const TABLE: readonly Row[] = [
  { folder: 'shared/', ours: [], others: ['zod'] },
  { folder: 'server/sim/', ours: ['shared/'], others: [] },
  ...['bridge', 'config', 'lambda', 'trail', 'watch'].map((service) => ({
    folder: `server/services/${service}/`,
    ours: ['shared/'],
    others: ['zod'],
  })),
  { folder: 'server/city/', ours: ['shared/', 'server/sim/', 'server/services/'], others: [] },
  {
    folder: 'server/rooms/',
    ours: ['shared/', 'server/city/', 'server/store/port.ts'],
    others: [NODE, 'quickjs-emscripten', 'zod'],
  },
  {
    folder: 'server/net/',
    ours: ['shared/', 'server/rooms/'],
    others: [NODE, 'socket.io', 'socket.io-parser', 'express', 'helmet', 'rate-limiter-flexible', 'sirv', 'zod'],
  },
  { folder: 'server/aws-api/', ours: ['shared/', 'server/rooms/'], others: [NODE, 'express'] },
  { folder: 'server/store/', ours: ['shared/'], others: [NODE] },
  { folder: 'server/mail/', ours: ['shared/'], others: [NODE, 'nodemailer', 'i18next'] },
  { folder: 'server/', ours: ['shared/', 'server/'], others: [NODE, 'express', 'pino', 'vite', 'zod'] },
  { folder: 'client/view/', ours: ['shared/'], others: [] },
  { folder: 'client/solo/', ours: ['shared/', 'server/city/', 'assets/'], others: [] },
  { folder: 'client/build/', ours: [], others: [NODE, 'vite'] },
  { folder: 'client/vite.config.ts', ours: ['client/build/'], others: [NODE, 'vite'] },
  {
    folder: 'client/',
    ours: ['shared/', 'client/', 'assets/'],
    others: [
      'phaser',
      'preact',
      '@preact/signals',
      'i18next',
      'qrcode',
      'socket.io-client',
      'socket.io-parser',
      'uplot',
    ],
  },
]

/** Edges against the table. The list may only shrink: one that is gone must leave it too. */
const EXCEPTIONS: readonly string[] = [
  // Files of the logbook are sealed and checked by the rules of the service that wrote them.
  'server/store/trail-archive.ts → server/services/trail/public-keys.ts',
  'server/store/trail-archive.ts → server/services/trail/validate.ts',
  'server/store/trail-crypto.ts → server/services/trail/digest-content.ts',
  'server/store/trail-seal.ts → server/services/trail/validate.ts',
]

const root = new URL('../../', import.meta.url).pathname
const sources = (pattern: string) => globSync(pattern, { cwd: root, exclude: ['client/dist/**'] }).toSorted()
const read = (path: string) => readFileSync(root + path, 'utf8')

const IMPORT = /(?:^|[\n;])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g
/** A worker is loaded by its address; a glob brings files in as modules. */
const ADDRESS =
  /new URL\(\s*['"](\.[^'"]+\.tsx?)['"],\s*import\.meta\.url|import\.meta\.glob(?:<[^>]*>)?\(\s*['"]([^'"]+)['"]/g

/** Comments speak of imports that are none; what looks like one inside a text (`'maps/*.json'`) is none. */
const withoutComments = (text: string) =>
  text.replaceAll(/('[^'\n]*'|"[^"\n]*")|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (_, words?: string) => words ?? '')

function importsOf(path: string): string[] {
  const text = withoutComments(read(path))
  const named = [IMPORT, ADDRESS].flatMap((pattern) => [...text.matchAll(pattern)].map(([, a, b]) => a ?? b ?? ''))
  return named
    .filter((name) => !name.startsWith('virtual:'))
    .map((name) => (name.startsWith('.') ? join(dirname(path), name) : name))
}

const packageOf = (name: string) => {
  if (name.startsWith(NODE) || builtinModules.includes(name)) return NODE
  const [scope = '', rest = ''] = name.split('/')
  return scope.startsWith('@') ? `${scope}/${rest}` : scope
}

const isOurs = (target: string) => /^(shared|server|client|test|assets)\//.test(target)

function mayImport(path: string, target: string): boolean {
  const row = TABLE.find(({ folder }) => path.startsWith(folder))
  if (row === undefined) return false
  if (isOurs(target)) return [row.folder, ...row.ours].some((allowed) => target.startsWith(allowed))
  return row.others.includes(packageOf(target))
}

describe('who may import whom', () => {
  const paths = sources('{shared,server,client}/**/*.{ts,tsx}')
  const edges = paths.flatMap((path) => importsOf(path).map((target) => ({ path, target })))
  const wrong = edges
    .filter(({ path, target }) => !mayImport(path, target))
    .map(({ path, target }) => `${path} → ${target}`)

  it('reads the imports of every file', () => {
    expect(paths.length).toBeGreaterThan(300)
    expect(edges).toContainEqual({ path: 'server/city/tick.ts', target: 'server/sim/world.ts' })
    expect(edges).toContainEqual({ path: 'client/main.tsx', target: 'client/pages/boot.tsx' })
    expect(edges).toContainEqual({ path: 'client/net/solo-worker.ts', target: 'client/solo/worker.ts' })
    expect(edges).toContainEqual({ path: 'client/net/real-doors.ts', target: 'client/scenes/game.ts' })
  })

  it('knows a wrong edge from a right one', () => {
    expect(mayImport('server/services/watch/watch.ts', 'server/services/trail/trail.ts')).toBe(false)
    expect(mayImport('server/sim/world.ts', 'node:fs')).toBe(false)
    expect(mayImport('client/view/dial.ts', 'phaser')).toBe(false)
    expect(mayImport('client/hud/hud.tsx', 'server/city/views.ts')).toBe(false)
    expect(mayImport('client/solo/worker.ts', 'server/city/tick.ts')).toBe(true)
  })

  it('holds but for the exceptions', () => {
    expect(wrong.filter((edge) => !EXCEPTIONS.includes(edge))).toEqual([])
  })

  it('has no exception that is no longer needed', () => {
    expect(EXCEPTIONS.filter((edge) => !wrong.includes(edge))).toEqual([])
  })
})

describe('the tree', () => {
  const TOP = [
    'ARCHITECTURE.md', 'CHANGELOG.md', 'README.md', 'assets', 'client', 'package-lock.json', 'package.json', 'server',
    'shared', 'test', 'tsconfig.json',
  ] // prettier-ignore
  /** Made by `npm ci` and `npm run shots`, and ignored by git. */
  const MADE = ['node_modules', 'shots']

  it('keeps its top level closed', () => {
    const names = globSync('*', { cwd: root }).filter((name) => !name.startsWith('.') && !MADE.includes(name))
    expect(names.toSorted()).toEqual(TOP.toSorted())
  })

  it('has no file of more than 400 lines', () => {
    const long = sources('{shared,server,client,test}/**/*.{ts,tsx,css}').filter(
      (path) => read(path).trimEnd().split('\n').length > 400,
    )
    expect(long).toEqual([])
  })

  it('has no default export but where a tool asks for one, and no file that only hands on', () => {
    const TOOLS = ['client/vite.config.ts', 'test/vitest.config.ts']
    const paths = sources('{shared,server,client,test}/**/*.{ts,tsx}').filter((path) => !path.endsWith('.d.ts'))
    expect(paths.filter((path) => /^export default /m.test(read(path)))).toEqual(TOOLS)
    expect(paths.filter((path) => /(^|\/)(index|utils|helpers)\.tsx?$/.test(path))).toEqual([])
  })
})

describe('the engine', () => {
  const paths = sources(`{${ENGINE.map((folder) => folder.slice(0, -1)).join(',')}}/**/*.ts`)
  const NEVER =
    /\b(?:new Date\b|Date\.(?:now|parse|UTC)\b|Math\.(?:random|sin|cos|tan|asin|acos|atan|atan2|exp|expm1|log|log2|log10|log1p|pow|hypot|cbrt|sinh|cosh|tanh)\b|console\.|process\.|setTimeout\(|setInterval\(|queueMicrotask\(|performance\.|await\s|async\s|Promise\b|globalThis\.|require\()/

  const findIn = (pattern: RegExp, clean: (text: string) => string) =>
    paths.flatMap((path) => {
      const found = pattern.exec(clean(read(path)))
      return found ? [`${path}: ${found[0]}`] : []
    })
  const withoutTexts = (text: string) => withoutComments(text).replaceAll(/(['"])(?:(?!\1)[^\\\n]|\\.)*\1/g, "''")

  it('has no clock, chance, promise or platform', () => {
    expect(paths.length).toBeGreaterThan(200)
    expect(findIn(NEVER, withoutTexts)).toEqual([])
  })

  it('has no variable of a module', () => {
    expect(findIn(/^(?:export )?(?:let|var) .*/m, withoutTexts)).toEqual([])
  })
})
