declare module 'virtual:sprite-atlas' {
  /** Made by `client/build/atlas-plugin.ts`. Lengths are units of 0.1 m. */
  export const ATLAS: {
    readonly width: number
    readonly height: number
    readonly frames: Readonly<
      Record<string, { readonly x: number; readonly y: number; readonly w: number; readonly h: number }>
    >
  }
  /** Apart from the table, so that who only cuts sprites out does not carry it. */
  export const ATLAS_SVG: string
}
