import { join } from 'node:path'

import express, { type Express } from 'express'
import helmet from 'helmet'
import sirv from 'sirv'

import type { Hall } from '../rooms/hall.ts'
import type { Limits } from './limits.ts'
import { preloadsOf } from './preloads.ts'

export interface AppSettings {
  readonly hall: Hall
  readonly limits: Limits
  readonly version: string
  /** Folder of the built client. */
  readonly client: string
  readonly startedAt: number
  readonly now: () => number
}

/** Pages that the client draws itself: each is the same `index.html`. */
const PAGES = ['/', '/play', '/host', '/projector', '/j/:code', '/accessibility']

/** Those of them that show the street at once. */
const STREET_PAGES = ['/play', '/projector']

const YEAR_SECONDS = 31_536_000

/** Serves the built client, opens rooms, and says how the server is. */
export function openApp(settings: AppSettings): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(
    helmet({
      // One origin, ours: no third party is asked for anything. Plain HTTP must stay possible in a classroom.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          mediaSrc: ["'self'", 'data:', 'blob:'],
          connectSrc: ["'self'"],
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'self'"],
        },
      },
      strictTransportSecurity: false,
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
    }),
  )
  app.get('/healthz', (_request, response) => {
    response.json({
      status: 'ok',
      version: settings.version,
      uptimeSeconds: Math.round((settings.now() - settings.startedAt) / 1000),
      ...settings.hall.report(),
    })
  })
  openRoomRoutes(app, settings)
  openPages(app, settings.client)
  app.use((_request, response) => {
    response.status(404).json({ code: 'unknown-page' })
  })
  return app
}

/** Files with a hash in their names are kept for good, the page that names them is asked for each time; both come packed. */
function openPages(app: Express, client: string): void {
  const packed = { brotli: true, gzip: true, etag: true, extensions: [] }
  app.use('/assets', sirv(join(client, 'assets'), { ...packed, maxAge: YEAR_SECONDS, immutable: true }))
  const page = sirv(client, { ...packed, maxAge: 0 })
  const preloads = preloadsOf(client)
  if (preloads !== '') {
    app.get(STREET_PAGES, (_request, response, next) => {
      response.setHeader('Link', preloads)
      next()
    })
  }
  app.get(PAGES, (request, response, next) => {
    request.url = '/index.html'
    page(request, response, next)
  })
}

function openRoomRoutes(app: Express, { hall, limits }: AppSettings): void {
  app.post('/api/rooms', express.json({ limit: '4kb' }), async (request, response) => {
    if (!(await limits.allowRoom(request.ip ?? ''))) {
      response.status(429).json({ code: 'too-fast', field: 'rooms' })
      return
    }
    const body: unknown = request.body
    const wanted = typeof body === 'object' && body !== null && 'scenarioId' in body ? body.scenarioId : 'discovery'
    const opened = typeof wanted === 'string' ? hall.open(wanted) : null
    if (opened === null) response.status(400).json({ code: 'malformed', field: 'scenarioId' })
    else if (opened.ok) response.status(201).json(opened.value)
    else response.status(opened.error === 'full' ? 503 : 404).json({ code: opened.error, field: 'scenarioId' })
  })
  app.get('/api/rooms/:code', (request, response) => {
    const room = hall.find(request.params.code.toUpperCase())
    if (room === undefined) response.status(404).json({ code: 'unknown-room', field: 'code' })
    else response.json({ code: room.code, seats: room.seats })
  })
}
