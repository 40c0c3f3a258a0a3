import type { Point } from '../../shared/model/city-map.ts'

/** Where the eye is. */
export interface Eye {
  readonly x: number
  readonly y: number
  /** CSS pixels per metre. */
  readonly zoom: number
}

export interface EyeTarget {
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly speed: number
}

export interface EyeScreen {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  readonly isStill: boolean
}

/** Metres seen along the mean of width and height, at rest and at full speed. */
const SPAN_AT_REST = 78
const SPAN_AT_SPEED = 138
const FULL_SPEED = 33
const AHEAD_SECONDS = 0.9
/** The car stays within these shares of the screen's half: cards lie above it, dials below, the feed to its right. */
const MOST_LEFT = 0.42
const MOST_RIGHT = 0.3
const MOST_UP = 0.22
const MOST_DOWN = 0.4
/** Held upright, thumbs lie where the road behind the car would be. */
const MOST_DOWN_UPRIGHT = 0.22
/** Pixels that tools and cards need at the top, and dials at the bottom, with the car's own ring. */
const CARDS = 187
const CARDS_UPRIGHT = 385
const DIALS = 187

/** Where the eye wants to be: ahead of the car and higher the faster it goes; right above it when pictures must keep still. */
export function eyeFor(car: EyeTarget, screen: EyeScreen): Eye {
  const size = Math.sqrt(screen.width * screen.height)
  const share = screen.isStill ? 0.35 : Math.min(1, Math.abs(car.speed) / FULL_SPEED)
  const zoom = size / (SPAN_AT_REST + (SPAN_AT_SPEED - SPAN_AT_REST) * share)
  if (screen.isStill) return { x: car.x, y: car.y, zoom }
  const ahead = car.speed * AHEAD_SECONDS
  const [halfWidth, halfHeight] = [screen.width / zoom / 2, screen.height / zoom / 2]
  const isUpright = screen.height > screen.width
  const freeOf = (pixels: number) => Math.max(0, 1 - (2 * pixels) / screen.height)
  const up = Math.min(MOST_UP, freeOf(isUpright ? CARDS_UPRIGHT : CARDS))
  const down = Math.min(isUpright ? MOST_DOWN_UPRIGHT : MOST_DOWN, freeOf(DIALS))
  const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value))
  return {
    x: car.x + between(-halfWidth * MOST_RIGHT, Math.cos(car.heading) * ahead, halfWidth * MOST_LEFT),
    y: car.y + between(-halfHeight * down, Math.sin(car.heading) * ahead, halfHeight * up),
    zoom,
  }
}

/** Seconds in which a gap shrinks to a third. */
const FOLLOW_SECONDS = 0.35
const ZOOM_SECONDS = 0.9
const JUMP_METRES = 120

/** Moves the eye on: the offset from the car is smoothed, never the car itself, so that it does not swim. */
export function followEye(eye: Eye, wanted: Eye, moved: Point, seconds: number): Eye {
  const from = { x: eye.x + moved.x, y: eye.y + moved.y }
  if (Math.hypot(wanted.x - from.x, wanted.y - from.y) > JUMP_METRES) return wanted
  const move = 1 - Math.exp(-seconds / FOLLOW_SECONDS)
  const scale = 1 - Math.exp(-seconds / ZOOM_SECONDS)
  return {
    x: from.x + (wanted.x - from.x) * move,
    y: from.y + (wanted.y - from.y) * move,
    zoom: eye.zoom * (wanted.zoom / eye.zoom) ** scale,
  }
}

/** Share of the height that the headline takes. */
const HEADLINE = 0.16

/** The whole map below the headline, with a margin, for the projector. */
export function eyeOverAll(map: { readonly width: number; readonly height: number }, screen: EyeScreen): Eye {
  const zoom = Math.min(screen.width / map.width, (screen.height * (1 - HEADLINE)) / map.height) * 0.97
  return { x: map.width / 2, y: map.height / 2 - (screen.height * HEADLINE) / 2 / zoom, zoom }
}

/** From so far above, in CSS pixels per metre, that cars and agents need signs to be seen. */
export const isFarZoom = (zoom: number): boolean => zoom < 2.5
