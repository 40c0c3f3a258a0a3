import { createServer, type Server } from 'node:http'

import express from 'express'

import type { JsonObject } from '../shared/json.ts'
import { fail, ok } from '../shared/result.ts'
import { serviceMs } from '../shared/units.ts'
import { openAwsApi } from './aws-api/aws-api.ts'
import type { AwsCity, FindCity } from './aws-api/city-port.ts'
import { momentAt } from './city/clock.ts'
import type { Library } from './library.ts'
import type { Room } from './rooms/room.ts'
import { callTrail } from './services/trail/operations.ts'
import { listPublicKeys } from './services/trail/public-keys.ts'
import type { TrailStore } from './store/port.ts'
import { openKeyRing, openTrailArchive } from './store/trail-archive.ts'

/** Long enough for every scenario's clock. */
const KEYS_FROM = serviceMs(Date.UTC(2020, 0, 1))
const KEYS_TO = serviceMs(Date.UTC(2100, 0, 1))

/** An archive for each room; the keys of all districts are made at once, because making one holds a tick up. */
export function openArchives(library: Library): () => TrailStore {
  const ring = openKeyRing(KEYS_FROM, KEYS_TO)
  for (const { districts } of library.maps.values()) for (const { region } of districts) ring(region)
  return () => openTrailArchive(ring)
}

const KEY = /^AKIA([A-Z0-9]{6})$/

/** A room's access key is `AKIA` and its code: it only lets look, and only from this machine. */
export const findRoomCity =
  (find: (code: string) => Room | undefined): FindCity =>
  (accessKeyId) => {
    const room = find(KEY.exec(accessKeyId)?.[1] ?? '')
    return room === undefined || room.archive === null ? undefined : toAwsCity(room, room.archive)
  }

const toAwsCity = (room: Room, archive: TrailStore): AwsCity => ({
  userName: 'teacher',
  objects: archive.objects,
  bucketRegion: (bucket) =>
    room.city.trail.trails.find(({ settings }) => settings.bucket === bucket)?.settings.homeRegion ?? null,
  cloudTrail(operation, input, region) {
    if (operation === 'ListPublicKeys') {
      const listed = listPublicKeys(archive.publicKeys(region), input)
      return listed.ok ? ok(toJson(listed.value)) : listed
    }
    const { clock, tick, trail } = room.city
    const answered = callTrail(trail, operation, input, { now: momentAt(clock, tick).serviceMs, region })
    return answered.ok ? ok(toJson(answered.value.output)) : fail(answered.error)
  },
})

/** What is not there is left out, as on the wire. */
const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject

/** The server of AWS's own protocols, to be listened with on the loopback address. */
export const createAwsServer = (findCity: FindCity): Server => createServer(express().use(openAwsApi(findCity)))
