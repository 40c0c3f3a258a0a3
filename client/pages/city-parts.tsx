/** The things of the front page's drawing. `x`, `y` say where their feet stand; colours come from the style sheet. */

interface Place {
  readonly x: number
  readonly y: number
}

export const Cloud = ({ x, y, scale, slow = false }: Place & { readonly scale: number; readonly slow?: boolean }) => (
  <g transform={`translate(${x} ${y}) scale(${scale})`}>
    <g class={slow ? 'scape-cloud scape-cloud-slow' : 'scape-cloud'}>
      <path d="M30 60a26 26 0 0 1 2-52 38 38 0 0 1 70-8 30 30 0 0 1 44 16 24 24 0 0 1-4 44z" />
      <path class="scape-cloud-shade" d="M18 50c30 8 96 8 138-4a24 24 0 0 1-14 14H30a26 26 0 0 1-12-10z" />
    </g>
  </g>
)

export const Tree = ({ x, y, size }: Place & { readonly size: number }) => (
  <g transform={`translate(${x} ${y}) scale(${size})`}>
    <path class="scape-trunk" d="M-2.5 0h5v22h-5z" />
    <circle class="scape-leaf" cx="0" cy="-8" r="17" />
    <path class="scape-leaf-light" d="M-11-12a14 14 0 0 1 17-10 17 17 0 0 0-17 10z" />
  </g>
)

export interface TowerProps {
  readonly x: number
  readonly width: number
  readonly height: number
  readonly roof: 'flat' | 'step' | 'gable' | 'spire'
  readonly tint: 1 | 2 | 3 | 4
}

const GROUND = 352
const WINDOW = { width: 7, height: 11, across: 13, down: 20 }

/** Whole windows only, in even rows and columns between roof and door. */
function windowsOf({ x, width, height }: TowerProps): { readonly lit: string; readonly dim: string } {
  const columns = Math.floor((width - 14) / WINDOW.across)
  const rows = Math.floor((height - 40) / WINDOW.down)
  const left = x + (width - columns * WINDOW.across + WINDOW.across - WINDOW.width) / 2
  const panes = Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns]
    const at = `M${left + column * WINDOW.across} ${GROUND - height + 14 + row * WINDOW.down}`
    return {
      isLit: (row * 5 + column * 3 + width) % 7 < 4,
      path: `${at}h${WINDOW.width}v${WINDOW.height}h-${WINDOW.width}z`,
    }
  })
  const pathOf = (isLit: boolean) =>
    panes
      .filter((pane) => pane.isLit === isLit)
      .map(({ path }) => path)
      .join('')
  return { lit: pathOf(true), dim: pathOf(false) }
}

export function Tower(tower: TowerProps) {
  const { x, width, height, roof, tint } = tower
  const top = GROUND - height
  const half = width / 2
  const roofs = {
    flat: `M${x - 4} ${top - 8}h${width + 8}v8H${x - 4}z`,
    step: `M${x + 10} ${top - 22}h${width - 20}v22H${x + 10}z`,
    gable: `M${x - 6} ${top}l${half + 6}-28 ${half + 6} 28z`,
    spire: `M${x - 4} ${top - 8}h${width + 8}v8H${x - 4}zM${x + 14} ${top - 22}h${width - 28}v14H${x + 14}z`,
  }
  const windows = windowsOf(tower)
  return (
    <g class={`scape-tower scape-tint-${tint}`}>
      <path class="scape-roof" d={roofs[roof]} />
      <path class="scape-wall" d={`M${x} ${top}h${width}v${height}H${x}z`} />
      <path class="scape-window" d={windows.lit} />
      <path class="scape-window scape-window-dim" d={windows.dim} />
      <path class="scape-side" d={`M${x + width * 0.72} ${top}h${width * 0.28}v${height}h${-width * 0.28}z`} />
    </g>
  )
}

/** The command centre's dish, and what it calls out. */
export const Dish = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="scape-steel" d="M-3 0h6v-18h-6zM-16 0h32v5h-32z" />
    <g transform="rotate(-32 0-22)">
      <path class="scape-dish" d="M-24-26a24 17 0 0 0 48 0z" />
      <ellipse class="scape-dish-inside" cx="0" cy="-26" rx="24" ry="5" />
      <path class="scape-steel" d="M-1-46h2v20h-2z" />
      <circle class="scape-dish" cx="0" cy="-47" r="3.500" />
      <g class="scape-rays">
        <path d="M-10-55a12 12 0 0 1 20 0M-17-61a20 20 0 0 1 34 0M-24-67a28 28 0 0 1 48 0" />
      </g>
    </g>
  </g>
)

/** The camera on its mast: lens, hood, and what it sees. */
export const Mast = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="scape-beam" fill="url(#beam)" d="M34-116 210 10 70 62z" />
    <path class="scape-steel" d="M-5 8h10l-2-140h-6zM-3-132h34v6H-3z" />
    <path class="scape-camera" d="M14-128h30a5 5 0 0 1 5 5v14a5 5 0 0 1-5 5H14z" transform="rotate(14 24-116)" />
    <circle class="scape-lens" cx="45" cy="-110" r="6" />
    <circle class="scape-flash" cx="45" cy="-110" r="15" />
  </g>
)

const Wheels = ({ at }: { readonly at: readonly [number, number] }) => (
  <>
    {at.map((x) => (
      <g key={x}>
        <circle class="scape-tyre" cx={x} cy="0" r="11" />
        <circle class="scape-rim" cx={x} cy="0" r="5" />
      </g>
    ))}
  </>
)

export const SportCar = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <ellipse class="scape-shadow" cx="60" cy="10" rx="78" ry="6" />
    <path class="scape-lamp" d="M136-14 250-4v18z" />
    <path class="scape-red" d="M-14-2c-2-14 4-20 24-22 14-14 26-20 48-20s34 10 44 20c22 2 34 8 34 20v6H-10z" />
    <path class="scape-glass" d="M24-24c10-10 18-14 30-14v14zM60-38c16 0 24 6 32 14H60z" />
    <path class="scape-headlamp" d="M126-14h9v7h-9z" />
    <Wheels at={[16, 106]} />
  </g>
)

export const PatrolCar = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="scape-white" d="M-14 0c-2-16 4-20 22-22 12-14 22-18 48-18s34 8 46 18c18 2 28 6 28 18v6H-12z" />
    <path class="scape-blue" d="M-14-6h144v7H-14z" />
    <path class="scape-glass" d="M22-22c8-9 16-12 28-12v12zM56-34c16 0 22 5 30 12H56z" />
    <path class="scape-beacon" d="M44-46h22v7H44z" />
    <Wheels at={[18, 102]} />
  </g>
)

export const ResponseVan = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="scape-amber" d="M-10 4v-52a8 8 0 0 1 8-8h78c16 0 34 14 40 34 8 2 10 8 10 14V4z" />
    <path class="scape-glass" d="M76-46c12 2 20 10 26 22H76z" />
    <path class="scape-bolt" d="M34-50 16-24h12l-4 20 20-28H32z" />
    <path class="scape-beacon scape-answer" d="M52-64h20v8H52z" />
    <Wheels at={[18, 98]} />
  </g>
)

export const InspectorVan = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <path class="scape-teal" d="M-12 4v-46a8 8 0 0 1 8-8h84c14 0 26 8 34 26 8 2 12 6 12 14V4z" />
    <path class="scape-glass" d="M84-40c10 1 17 6 24 18H84z" />
    <path class="scape-board" d="M22-44h34v36H22z" />
    <path class="scape-tick" d="m29-26 8 8 14-16" />
    <Wheels at={[16, 104]} />
  </g>
)

export const Drone = ({ x, y }: Place) => (
  <g transform={`translate(${x} ${y})`}>
    <g class="scape-drone">
      <path class="scape-steel" d="M-34-8h68v4h-68zM-10-6h20l6 14h-32z" />
      <path class="scape-rotor" d="M-52-14h36v3h-36zM16-14h36v3H16z" />
      <circle class="scape-lens" cx="0" cy="6" r="5" />
    </g>
  </g>
)
