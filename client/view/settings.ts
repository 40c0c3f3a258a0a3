import type { Assists } from '../../shared/model/command.ts'
import { LANGUAGES, type Language } from './language.ts'
import { decodeBindings, DEFAULT_BINDINGS, type Bindings } from './bindings.ts'

export const TEXT_SCALES = [1, 1.25, 1.5, 1.75, 2] as const
/** Seconds for which each thing lights up for whoever has one switch; 0 is off. */
export const SWITCH_SECONDS = [0, 0.7, 1, 1.5, 2, 3] as const
export const SPEED_CAPS = [0.5, 0.6, 0.7, 0.8, 0.9, 1] as const

/** Shares of full volume, 0 (off, as every class starts) to 1. */
export interface Volumes {
  readonly effects: number
  readonly engine: number
  readonly signals: number
}

/** What a player has chosen on this device. */
export interface Settings {
  /** `null` follows the browser. */
  readonly language: Language | null
  readonly reducedMotion: boolean
  /** The way ahead is up on the small map, instead of the north. */
  readonly mapTurns: boolean
  readonly highContrast: boolean
  /** Wider letters and lines in a plain face, for readers with dyslexia. */
  readonly easyReading: boolean
  readonly textScale: number
  /** Speaks the one-line cards. */
  readonly readAloud: boolean
  readonly captions: boolean
  readonly mono: boolean
  readonly volumes: Volumes
  /** A key press holds until the next one, for hands that cannot keep a key down. */
  readonly stickyKeys: boolean
  /** What can be pressed lights up in turn for so many seconds, and one switch presses it; 0 is off. */
  readonly oneSwitch: number
  readonly assists: Assists
  readonly bindings: Bindings
}

export const DEFAULT_SETTINGS: Settings = {
  language: null,
  reducedMotion: false,
  mapTurns: false,
  highContrast: false,
  easyReading: false,
  textScale: 1,
  readAloud: false,
  captions: true,
  mono: false,
  volumes: { effects: 0, engine: 0, signals: 0 },
  stickyKeys: false,
  oneSwitch: 0,
  assists: { steering: false, braking: false, speedCap: 1, autopilot: false },
  bindings: DEFAULT_BINDINGS,
}

type Bag = Readonly<Record<string, unknown>>
const toBag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? { ...value } : {})

/** Reads what was saved, by this version or an older one; whatever is missing or odd gets its default. */
export function decodeSettings(saved: string | null): Settings {
  const bag = toBag(parse(saved))
  const bool = (from: Bag, name: string) => from[name] === true
  const volumes = toBag(bag['volumes'])
  const assists = toBag(bag['assists'])
  return {
    language: LANGUAGES.find((language) => language === bag['language']) ?? null,
    reducedMotion: bool(bag, 'reducedMotion'),
    mapTurns: bool(bag, 'mapTurns'),
    highContrast: bool(bag, 'highContrast'),
    easyReading: bool(bag, 'easyReading'),
    textScale: oneOf(TEXT_SCALES, bag['textScale'], 1),
    readAloud: bool(bag, 'readAloud'),
    captions: bag['captions'] !== false,
    mono: bool(bag, 'mono'),
    volumes: {
      effects: toShare(volumes['effects']),
      engine: toShare(volumes['engine']),
      signals: toShare(volumes['signals']),
    },
    stickyKeys: bool(bag, 'stickyKeys'),
    oneSwitch: oneOf(SWITCH_SECONDS, bag['oneSwitch'], 0),
    assists: {
      steering: bool(assists, 'steering'),
      braking: bool(assists, 'braking'),
      speedCap: oneOf(SPEED_CAPS, assists['speedCap'], 1),
      autopilot: bool(assists, 'autopilot'),
    },
    bindings: decodeBindings(bag['bindings']),
  }
}

function parse(saved: string | null): unknown {
  try {
    return JSON.parse(saved ?? 'null')
  } catch {
    return null
  }
}

const oneOf = (allowed: readonly number[], value: unknown, otherwise: number) =>
  allowed.find((choice) => choice === value) ?? otherwise

const toShare = (value: unknown) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : 0)

/** The help that is wanted: whoever has one switch is driven. */
export const assistsOf = ({ assists, oneSwitch }: Settings): Assists =>
  oneSwitch > 0 ? { ...assists, autopilot: true } : assists
