/** The colours of `assets/STYLE.md`, under its names. */
export const PALETTE = {
  grass: '#9cc873', grassDeep: '#86b660', park: '#7cb45c',
  cobble: '#d8ccb4', concrete: '#cdc9bd', schoolyard: '#c9cf9b', training: '#b9bfc4',
  asphalt: '#5d6472', asphaltFast: '#4c5361', asphaltSlow: '#6b7180',
  pavement: '#dcd5c6', kerb: '#b5ad9d',
  paint: '#f5f2e8', paintWarm: '#f4c24a',
  water: '#56aed0', waterDeep: '#3f93bb', foam: '#bfe6ef', quay: '#cfc4ae',
  clay: '#d97b58', clayDark: '#bf6244', rose: '#d68f86', straw: '#e6b668',
  slate: '#71829b', steel: '#a9b6c2', cream: '#ece2cb', mint: '#7fb8a4',
  glass: '#8fc1d6', wall: '#efe5d2', wallShade: '#c9b79a',
  leaf: '#5d9c4b', leafLight: '#84bd61', leafDark: '#437a3d', pine: '#3f7f5c', palm: '#79b356',
  ink: '#26304a', shadow: '#1b2547', lampLight: '#ffdf9e', red: '#d8414b', pitch: '#6fae57',
} as const // prettier-ignore

/** The five agents and the places of the city that are no service. */
export const AGENT_COLOUR = {
  trail: '#2f6fde', watch: '#e0457b', config: '#12a594', bridge: '#8a5cf6', lambda: '#d96c0a', street: '#5a6b86', mail: '#26304a',
} as const // prettier-ignore

/** The city in high contrast: dark and flat, what matters bright. */
export const CONTRAST = {
  ground: '#141a28', block: '#232c40', building: '#333e58', buildingEdge: '#8795b8',
  park: '#10361f', parkEdge: '#3fa968', water: '#0a3a80', waterEdge: '#5cb4ff',
  street: '#000000', edge: '#ffffff', bridge: '#ffd400',
} as const // prettier-ignore

/** What a bot without a chosen paint may drive, and what houses may be roofed with. */
export const ROOFS = {
  old: [PALETTE.clay, PALETTE.clayDark, PALETTE.rose, PALETTE.straw],
  house: [PALETTE.clay, PALETTE.rose, PALETTE.straw, PALETTE.slate, PALETTE.clayDark, PALETTE.mint],
  office: [PALETTE.steel, PALETTE.cream, PALETTE.slate, PALETTE.mint],
  warehouse: [PALETTE.steel, PALETTE.slate, PALETTE.rose, PALETTE.straw],
} as const

const channels = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16))
const toHex = (values: readonly number[]) =>
  `#${values.map((v) => Math.round(Math.max(0, Math.min(255, v))).toString(16).padStart(2, '0')).join('')}` // prettier-ignore

/** @param share of `other` in the mixture, 0 to 1 */
export function mixColours(colour: string, other: string, share: number): string {
  const b = channels(other)
  return toHex(channels(colour).map((v, i) => v + ((b[i] ?? v) - v) * share))
}

export const lighter = (colour: string, share: number): string => mixColours(colour, '#ffffff', share)
export const darker = (colour: string, share: number): string => mixColours(colour, PALETTE.shadow, share)

/** `#rrggbb` as the number that Phaser tints with. */
export const toTint = (colour: string): number => Number.parseInt(colour.slice(1), 16)

/** Relative luminance of a colour (WCAG 2.2), 0 black to 1 white. */
export function luminanceOf(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((v) => {
    const c = v / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
