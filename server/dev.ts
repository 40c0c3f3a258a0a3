import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Vite for the client, which hands the game's requests on to a server that restarts when its sources change. */
const cwd = fileURLToPath(new URL('..', import.meta.url))
const run = (args: readonly string[]) => spawn(process.execPath, args, { cwd, stdio: 'inherit' })

const server = run(['--watch', 'server/main.ts'])
const client = run(['node_modules/vite/bin/vite.js', '--config', 'client/vite.config.ts'])
for (const child of [server, client])
  child.once('exit', (code) => {
    server.kill()
    client.kill()
    process.exitCode = code ?? 0
  })
