import type { DriveInput } from '../model/command.ts'
import { fail, ok, type Result } from '../result.ts'
import { ByteWriter } from './bytes.ts'

/** What the hands did in one tick; shares are quantised, and both ends drive by the quantised ones. */
export interface SentInput {
  readonly seq: number
  readonly input: DriveInput
}

/** The newest inputs, rising by one each, and the newest tick that was seen; without inputs it only says the latter. */
export interface InputFrame {
  readonly seenTick: number
  readonly inputs: readonly SentInput[]
}

/** Steps of a full throttle or lock; the bit of the handbrake among the buttons. */
export const SHARE = 127
export const HANDBRAKE = 1
/** Inputs that one frame may carry: those of one tick, or of a few that were held back by a slow line. */
export const MOST_INPUTS = 8

/** Adding 0 makes −0 a 0, as it is after the wire. */
const share = (value: number) => Math.round(Math.max(-1, Math.min(1, value)) * SHARE) / SHARE + 0

/** @returns the input as the other end will have it */
export const quantiseInput = (input: DriveInput): DriveInput => ({
  throttle: share(input.throttle),
  steering: share(input.steering),
  handbrake: input.handbrake,
})

/** u32 seq of the first · u32 newest tick seen · u8 how many · 3 bytes each: throttle, steering, buttons. */
export function encodeInputs({ seenTick, inputs }: InputFrame): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  out.u32(inputs[0]?.seq ?? 0)
  out.u32(seenTick)
  out.u8(inputs.length)
  for (const { input } of inputs) {
    out.i8(input.throttle * SHARE)
    out.i8(input.steering * SHARE)
    out.u8(input.handbrake ? HANDBRAKE : 0)
  }
  return out.toBytes()
}

const HEAD_BYTES = 9
const INPUT_BYTES = 3

/**
 * Reads the bytes where they lie: a server is sent tens of thousands of these a second.
 *
 * @returns the inputs, or what is wrong with the bytes; never throws
 */
export function decodeInputs(bytes: Uint8Array): Result<InputFrame, string> {
  const count = bytes[HEAD_BYTES - 1] ?? 0
  if (count > MOST_INPUTS) return fail(`inputs: above ${MOST_INPUTS}`)
  if (bytes.length !== HEAD_BYTES + count * INPUT_BYTES) return fail('inputs: of the wrong length')
  const first = u32At(bytes, 0)
  const inputs: SentInput[] = []
  for (let i = 0; i < count; i += 1) {
    const from = HEAD_BYTES + i * INPUT_BYTES
    const throttle = i8At(bytes, from)
    const steering = i8At(bytes, from + 1)
    const buttons = bytes[from + 2] ?? 0
    if (throttle < -SHARE) return fail('throttle: below -1')
    if (steering < -SHARE) return fail('steering: below -1')
    if (buttons > HANDBRAKE) return fail('buttons: unknown')
    const input = { throttle: throttle / SHARE, steering: steering / SHARE, handbrake: buttons === HANDBRAKE }
    inputs.push({ seq: first + i, input })
  }
  return ok({ seenTick: u32At(bytes, 4), inputs })
}

const i8At = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 24) >> 24

const u32At = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0
