/** What lies over what, from the asphalt to the clouds. */
export const DEPTH = {
  horizon: -1, farGround: 0, ground: 1, way: 4, skids: 5, halo: 7, shades: 8, cars: 10, dust: 12, decks: 14, overShades: 15, overCars: 16, tall: 20, air: 25,
  night: 40, windows: 42, glows: 44, lamps: 46, fog: 58, rain: 60, xrayVeil: 68, xrayLines: 70, xray: 72, xrayText: 74,
} as const // prettier-ignore
