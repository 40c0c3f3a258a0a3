import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { openServer } from '../support/live-server.ts'

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const run = (env: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [main], { env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' })

describe('starting the server', () => {
  it.each([
    [{ PORT: 'three' }, 'PORT=three'],
    [{ PORT: '70000' }, 'PORT=70000'],
    [{ SMTP_URL: 'mail.example' }, 'SMTP_URL=mail.example'],
  ])('[NET-10] says in one sentence what is wrong with %o', (env, sentence) => {
    const { status, stderr } = run(env)
    expect(status).toBe(1)
    expect(stderr).toContain(`Nuageville cannot start: ${sentence}`)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('[NET-10] says that the port is taken', async () => {
    const server = await openServer()
    const { status, stderr } = run({ PORT: String(server.port), HOST: '127.0.0.1' })
    await server.close()
    expect(status).toBe(1)
    expect(stderr).toBe(`Nuageville cannot start: PORT=${server.port}: taken by another program\n`)
  })
})
