import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { pino } from 'pino'

import { createAwsServer, findRoomCity, openArchives } from './aws-endpoint.ts'
import { openCity } from './city/city.ts'
import type { Letter } from './city/ledger.ts'
import { loadLibrary, type Library } from './library.ts'
import { openMailbag, type Mailbag } from './mail/mailbag.ts'
import { openPostman } from './mail/postman.ts'
import { openLetterWriter } from './mail/write-letter.ts'
import { openApp } from './net/app.ts'
import { openLimits } from './net/limits.ts'
import { openSockets } from './net/sockets.ts'
import { systemClock } from './rooms/clock.ts'
import { openHall, type Hall } from './rooms/hall.ts'
import { readSettings, type Settings } from './settings.ts'
import { readAsset } from './store/content.ts'

/** A server that listens. */
export interface Running {
  readonly address: string
  readonly port: number
  /** Where AWS's command line may look into the rooms; `null` unless `AWS_API_PORT` is set. */
  readonly awsPort: number | null
  close(): Promise<void>
}

/** Says in one sentence why the server does not start, and ends the process with 1. */
class StartError extends Error {}

const CLIENT = fileURLToPath(new URL('../client/dist', import.meta.url))

/** @throws StartError with one sentence when a setting or a file is wrong, or the port is taken */
export async function startServer(env: Readonly<Record<string, string | undefined>>): Promise<Running> {
  const settings = orThrow(readSettings(env))
  const library = orThrow(loadLibrary())
  const log = pino({ level: settings.LOG_LEVEL })
  const onError = (error: unknown) => log.error(error)
  const mailbag = await openMail(settings, onError)
  const hall = openHall({
    clock: systemClock,
    maxRooms: settings.MAX_ROOMS,
    openCity: (scenarioId) => openScenario(library, scenarioId),
    ...(settings.AWS_API_PORT === undefined ? {} : { openArchive: openArchives(library) }),
    onLetters: (letters: readonly Letter[]) => {
      for (const { plate, entry } of letters) mailbag.add(plate, entry)
    },
    onCrash: (crash) => log.fatal(crash, 'a bug stopped a city; the journal makes it happen again'),
  })
  const limits = openLimits()
  const startedAt = performance.now()
  const version = readVersion()
  const app = openApp({ hall, limits, version, client: CLIENT, startedAt, now: () => performance.now() })
  const http = createServer(app)
  const io = openSockets(http, { hall, limits, onError })
  const aws = await listenToAws(hall, settings)
  const port = await listen(http, { name: 'PORT', host: settings.HOST, port: settings.PORT })
  return {
    address: addressOf(settings.HOST, port),
    port,
    awsPort: aws?.port ?? null,
    async close() {
      hall.close()
      aws?.close()
      await io.close()
      await mailbag.empty()
    },
  }
}

function orThrow<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T {
  if (!result.ok) throw new StartError(result.error)
  return result.value
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

function openScenario(library: Library, scenarioId: string) {
  const scenario = library.scenarios.get(scenarioId)
  const map = scenario === undefined ? undefined : library.maps.get(scenario.map)
  return scenario === undefined || map === undefined ? null : openCity({ map, scenario, seed: randomInt(0x7fffffff) })
}

async function openMail(settings: Settings, onError: (error: unknown) => void): Promise<Mailbag> {
  if (settings.SMTP_URL === undefined) return { add: () => {}, empty: async () => {} }
  const locales = { fr: orThrow(readAsset('locales/fr.json')), en: orThrow(readAsset('locales/en.json')) }
  const write = await openLetterWriter(locales as Parameters<typeof openLetterWriter>[0])
  return openMailbag(openPostman(settings.SMTP_URL), write, onError)
}

/** Read-only, and never on an address that others can reach. */
async function listenToAws(hall: Hall, { AWS_API_PORT }: Settings) {
  if (AWS_API_PORT === undefined) return null
  const server = createAwsServer(findRoomCity((code) => hall.find(code)))
  // It never keeps the process alive: not when the game cannot start, nor when it has ended.
  server.unref()
  const port = await listen(server, { name: 'AWS_API_PORT', host: '127.0.0.1', port: AWS_API_PORT })
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { port, close }
}

interface Place {
  /** The variable that set the port. */
  readonly name: string
  readonly host: string
  readonly port: number
}

function listen(http: Server, { name, host, port: wanted }: Place): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new StartError(
          error.code === 'EADDRINUSE'
            ? `${name}=${wanted}: taken by another program`
            : `${host}:${wanted}: ${error.message}`,
        ),
      )
    })
    http.listen(wanted, host, () => {
      const address = http.address()
      resolve(typeof address === 'object' && address !== null ? address.port : wanted)
    })
  })
}

const addressOf = (host: string, port: number) =>
  `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`

/** Serves until it is told to stop. What keeps it from starting is said in one sentence. */
export async function main(): Promise<void> {
  try {
    const running = await startServer(process.env)
    process.stdout.write(`Nuageville plays at ${running.address}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close())
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`Nuageville cannot start: ${error.message}\n`)
    process.exitCode = 1
  }
}

if (import.meta.main) await main()
