import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openServer } from '../support/live-server.ts'

const DIST = new URL('../../client/dist/', import.meta.url)

interface Got {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What stands on the wire: `fetch` would unpack it. */
function get(url: string, encodings: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'accept-encoding': encodings } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject).end()
  })
}

describe('the files of the page', () => {
  let server: Running
  let script: string

  beforeAll(async () => {
    server = await openServer()
    const page = await get(server.address, 'identity')
    script = /assets\/index-[^"]+\.js/.exec(page.body.toString())?.[0] ?? ''
  })
  afterAll(() => server.close())

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('[NET-30] come packed as %s, and unpack to what was built', async (encoding, unpack) => {
    const { headers, body } = await get(`${server.address}/${script}`, encoding)
    const built = readFileSync(new URL(script, DIST))
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers['vary']).toBe('Accept-Encoding')
    expect(body.length).toBeLessThan(built.length / 2)
    expect(unpack(body).equals(built)).toBe(true)
  })

  it('[NET-30] come as they are to a browser that unpacks nothing', async () => {
    const { headers, body } = await get(`${server.address}/${script}`, 'identity')
    expect(headers['content-encoding']).toBeUndefined()
    expect(body.equals(readFileSync(new URL(script, DIST)))).toBe(true)
  })

  it('[NET-30] are kept for good', async () => {
    const { headers } = await get(`${server.address}/${script}`, 'br')
    expect(headers['cache-control']).toContain('immutable')
  })

  it.each(['/', '/play?scenario=discovery', '/host?code=ABC234', '/j/ABC234'])(
    '[NET-30] are named by a page that is asked for each time: %s',
    async (path) => {
      const { status, headers, body } = await get(server.address + path, 'br')
      expect(status).toBe(200)
      expect(headers['content-encoding']).toBe('br')
      expect(headers['cache-control']).toContain('must-revalidate')
      expect(headers['etag']).toBeDefined()
      expect(brotliDecompressSync(body).toString()).toContain(script)
    },
  )

  it.each(['/play?scenario=discovery', '/projector?code=ABC234'])(
    '[NET-31] are fetched with the page, where it shows the street at once: %s',
    async (path) => {
      const { headers } = await get(server.address + path, 'br')
      const named = [...String(headers['link']).matchAll(/<\/([^>]+)>; rel=modulepreload/g)].map(
        ([, file]) => file ?? '',
      )
      expect(named.some((file) => /^assets\/game-[^/]+\.js$/.test(file))).toBe(true)
      for (const file of named) expect((await get(`${server.address}/${file}`, 'br')).status).toBe(200)
    },
  )

  it.each(['/', '/host?code=ABC234', '/j/ABC234'])('[NET-31] are left for later elsewhere: %s', async (path) => {
    expect((await get(server.address + path, 'br')).headers['link']).toBeUndefined()
  })

  it.each(['/assets/none.js', '/assets/../../package.json', '/index.html.br', '/.vite/manifest.json', '/package.json'])(
    '[NET-30] are all there is: %s is not found',
    async (path) => expect((await get(server.address + path, 'br')).status).toBe(404),
  )

  it('[NET-35] may load from nowhere else, nor connect to anywhere else', async () => {
    const { headers } = await get(server.address, 'identity')
    const policy = String(headers['content-security-policy'])
    const directives = new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(/\s+/)
        return [name, sources]
      }),
    )
    const own = ["'self'", "'none'", "'unsafe-inline'", 'data:', 'blob:']
    expect([...directives.values()].flat().filter((source) => !own.includes(source))).toEqual([])
    expect(directives.get('default-src')).toEqual(["'self'"])
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('connect-src')).toEqual(["'self'"])
  })
})
