import { spawnSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const BUILT = `${root}client/dist/index.html`
const SOURCES = ['client/**/*', 'shared/**/*.ts', 'server/{city,sim,services}/**/*.ts', 'assets/**/*', 'package.json']

/** Older than any of its sources, or not there at all. */
function isStale(): boolean {
  if (!existsSync(BUILT)) return true
  const since = statSync(BUILT).mtimeMs
  const sources = globSync(SOURCES, { cwd: root, exclude: (path) => path === 'dist' || path === 'client/dist' })
  return sources.some((path) => statSync(root + path).mtimeMs > since)
}

/**
 * Builds the client when it is older than its sources.
 *
 * @param say told that it takes a moment
 * @returns whether there is a client to serve
 */
export function buildClientIfStale(say: (line: string) => void): boolean {
  if (!isStale()) return true
  say('building the client …')
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn']
  // Whoever builds, a test runner too, builds what is served: without the notes of development.
  const env = { ...process.env, NODE_ENV: 'production' }
  return spawnSync(process.execPath, vite, { cwd: root, stdio: 'inherit', env }).status === 0
}
