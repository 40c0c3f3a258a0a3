import type { JSX } from 'preact'

import type { Speaker } from '../../shared/protocol/view.ts'
import { agentOf, type AgentShape } from '../view/agents.ts'

const FRAMES: Readonly<Record<AgentShape, string>> = {
  square: 'M7 3h18a4 4 0 0 1 4 4v18a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z',
  circle: 'M16 2.5a13.5 13.5 0 1 1 0 27 13.5 13.5 0 0 1 0-27z',
  hexagon: 'M16 1.8 28.6 9v14L16 30.2 3.4 23V9z',
  diamond: 'M16 1.2 30.8 16 16 30.8 1.2 16z',
  triangle: 'M16 2.2a2 2 0 0 1 1.8 1l13 24a2 2 0 0 1-1.8 3H3a2 2 0 0 1-1.8-3l13-24a2 2 0 0 1 1.8-1z',
  shield: 'M16 1.8 28 6v9.5c0 7-5 12.3-12 14.700C9 27.8 4 22.5 4 15.500V6z',
  envelope: 'M5 6h22a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3z',
}

/** What stands in each frame, as on the roofs of the city: eye, tick on a board, dish, bolt, open book; a flap, a road. */
const GLYPHS: Readonly<Record<AgentShape, JSX.Element>> = {
  circle: (
    <>
      <path d="M6.800 16c2.500-4.500 5.500-6.300 9.200-6.300s6.700 1.800 9.200 6.300c-2.500 4.500-5.500 6.300-9.200 6.300S9.300 20.500 6.800 16z" />
      <circle class="icon-dot" cx="16" cy="16" r="3.2" />
    </>
  ),
  hexagon: (
    <>
      <path d="M10.500 10h11v13.500h-11zM14 10V8.300h4V10" />
      <path d="m12.900 16.600 2.400 2.500 4-4.800" />
    </>
  ),
  diamond: (
    <>
      <path class="icon-dot" d="M10 14.200a8.600 8.600 0 0 0 8.600 8.600z" />
      <path d="m14.300 18.500 3-3M17.300 11.800a3.200 3.200 0 0 1 3.200 3.200M17.300 8.200a6.800 6.800 0 0 1 6.800 6.800" />
    </>
  ),
  triangle: <path class="icon-dot" d="m17.700 10.800-6 9.700h4.200l-1.700 6.300 6.100-9.300h-4.200z" />,
  shield: (
    <path d="M16 11c-1.8-1.5-4-1.7-6.5-1.500v9.800c2.5-.2 4.7 0 6.5 1.5 1.8-1.5 4-1.7 6.5-1.500V9.500C20 9.3 17.8 9.5 16 11zm0 0v9.8" />
  ),
  envelope: <path d="m5 10 11 8 11-8" />,
  square: <path d="M11 26 14 6M21 26 18 6M16 8v3M16 14.500v3M16 21v3" />,
}

/** Signs grow with the reader's text size. */
const toRem = (pixels: number) => `${pixels / 16}rem`

/** The sign of one of the agents: shape and colour; the word stands beside it. */
export function AgentIcon({ speaker, size = 28 }: { readonly speaker: Speaker; readonly size?: number }) {
  const { shape } = agentOf(speaker)
  return (
    <svg
      class={`agent-icon agent-${speaker}`}
      viewBox="0 0 32 32"
      width={toRem(size)}
      height={toRem(size)}
      aria-hidden="true"
    >
      <path class="icon-frame" d={FRAMES[shape]} />
      <g class="icon-glyph">{GLYPHS[shape]}</g>
    </svg>
  )
}

const SIGNS = {
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  book: 'M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2zm0 0v14',
  xray: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M7 12h10M9.5 8.500v7M14.5 8.500v7',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 5v4M6 15v4',
  pause: 'M9 5v14M15 5v14',
  play: 'M8 5v14l11-7z',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  dice: 'M5 5h14v14H5zM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01',
  good: 'M5 12.500l4.5 4.500L19 7.5',
  worn: 'M12 4 3 20h18zM12 10v4M12 17h.01',
  bad: 'M6 6l12 12M18 6 6 18',
  left: 'M19 12H5M11 6l-6 6 6 6',
  right: 'M5 12h14M13 6l6 6-6 6',
  brakes: 'M12 4a8 8 0 1 0 .01 0M12 9a3 3 0 1 0 .01 0M3 5v14M21 5v14',
  tyres: 'M12 3a9 9 0 1 0 .01 0M12 8a4 4 0 1 0 .01 0M12 3v5M12 16v5M3 12h5M16 12h5',
  headlights: 'M10 5c-5 0-7 3-7 7s2 7 7 7zM14 7l7-1M14 12h7M14 17l7 1',
  seatBelt: 'M12 3a2.5 2.5 0 1 0 .01 0M7 21v-7c0-3 2-5 5-5s5 2 5 5v7M8 11l9 10',
  fuel: 'M5 21V4h9v17M3 21h13M14 10h3v7a2 2 0 0 0 4 0V9l-3-3M7.5 8h4',
  near: 'M12 3a6 6 0 0 1 6 6c0 4.500-6 11-6 11S6 13.500 6 9a6 6 0 0 1 6-6zM12 7a2 2 0 1 0 .01 0',
  boost: 'M12 20V5M6 11l6-6 6 6',
  brake: 'M12 4v15M6 13l6 6 6-6',
  horn: 'M4 10v4h3l8 5V5l-8 5zM19 9c1 2 1 4 0 6',
  unstick: 'M20 12a8 8 0 1 1-3-6.200M17 2v4h-4',
  wheel: 'M12 3.500a8.5 8.5 0 1 0 .01 0M12 10a2 2 0 1 0 .01 0M3.700 11 10 12M20.300 11 14 12M12 14v6.500',
  lamp: 'M9 17.500h6M10 20.500h4M9 17.500v-2a6 6 0 1 1 6 0v2',
  hand: 'M8 13V6.500a1.500 1.500 0 0 1 3 0V11V4.500a1.500 1.500 0 0 1 3 0V11V6.500a1.500 1.500 0 0 1 3 0V15a6 6 0 0 1-11 3L4 14.500a1.500 1.500 0 0 1 2.300-1.900L8 14',
  post: 'M3 20h18M5 20v-6h14v6M9 14V9h6v5M12 3a3 3 0 1 0 .01 0',
  rain: 'M7 13a4 4 0 0 1 .5-8 5 5 0 0 1 9.500 1.500A3.300 3.300 0 0 1 17 13zM8 16l-1 4M12.500 16l-1 4M17 16l-1 4',
  fog: 'M4 7h12M7 11.500h13M4 16h10M17 16h3M9 20h8',
  flag: 'M6 21V4M6 5h11l-2 3.500 2 3.500H6',
  feed: 'M5 6h.01M9 6h11M5 12h.01M9 12h11M5 18h.01M9 18h11',
} as const

export type SignName = keyof typeof SIGNS

/** A plain line sign for buttons and dials. */
export function Sign({ name, size = 24 }: { readonly name: SignName; readonly size?: number }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" width={toRem(size)} height={toRem(size)} aria-hidden="true">
      <path d={SIGNS[name]} />
    </svg>
  )
}
