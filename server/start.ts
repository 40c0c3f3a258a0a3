import { spawnSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The one command a teacher types: builds the client if it is older than its sources, then serves the game. */
const root = fileURLToPath(new URL('..', import.meta.url))
const built = `${root}client/dist/index.html`
const SOURCES = ['client/**/*', 'shared/**/*.ts', 'server/{city,sim,services}/**/*.ts', 'assets/**/*', 'package.json']

function isStale(): boolean {
  if (!existsSync(built)) return true
  const since = statSync(built).mtimeMs
  const sources = globSync(SOURCES, { cwd: root, exclude: ['client/dist/**'] })
  return sources.some((path) => statSync(root + path).mtimeMs > since)
}

if (isStale()) {
  process.stdout.write('Nuageville: building the client …\n')
  const build = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'],
    { cwd: root, stdio: 'inherit' },
  )
  if (build.status !== 0) process.exit(1)
}
const { main } = await import('./main.ts')
await main()
