import { Cloud, Dish, Drone, InspectorVan, Mast, PatrolCar, ResponseVan, SportCar, Tower, Tree } from './city-parts.tsx'

/**
 * The drawing of the front page: the city between sky and river road, with all five who watch it in its middle, where a
 * phone shows them too. By day in the light theme, by night in the dark.
 */
export function CityScape() {
  return (
    <svg class="scape" viewBox="0 96 1440 350" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <Beam />
      <circle class="scape-sun" cx="1108" cy="150" r="44" />
      <g class="scape-stars">
        {STARS.map(([x, y]) => (
          <circle key={x} cx={x} cy={y} r="1.8" />
        ))}
      </g>
      <Cloud x={96} y={196} scale={0.95} slow />
      <Cloud x={600} y={150} scale={0.62} />
      <Cloud x={1216} y={176} scale={0.8} slow />
      <path class="scape-far" d={FAR} />
      <g class="scape-near">
        {TOWERS.map((tower) => (
          <Tower key={tower.x} {...tower} />
        ))}
      </g>
      <Stadium />
      <path class="scape-park" d="M0 352C180 326 330 340 520 348s420-26 640-12 190 14 280 8v60H0z" />
      {TREES.map(([x, y, size]) => (
        <Tree key={x} x={x} y={y} size={size} />
      ))}
      <Road />
      <Mast x={884} y={372} />
      <Dish x={698} y={174} />
      <PatrolCar x={366} y={372} />
      <InspectorVan x={540} y={372} />
      <ResponseVan x={728} y={372} />
      <SportCar x={1010} y={386} />
      <Drone x={870} y={190} />
    </svg>
  )
}

const FAR =
  'M0 352V262h52v-20h66v30h44v-54h30v-16h34v16h30v72h60v-44h72v24h50v-68h22v-14h36v14h22v92h58v-34h64v-22h58v38h70v-72h26v-20h12v20h30v88h66v-42h80v22h64v-60h58v44h70v-24h60v54h74v-72h52v96h58v-34h72v72z'

const STARS = [[90, 120], [260, 150], [402, 108], [540, 170], [700, 124], [838, 102], [960, 160], [1040, 110], [1290, 130], [1392, 180]] as const // prettier-ignore

const TREES = [[40, 356, 1], [92, 352, 1.3], [170, 350, 0.9], [372, 346, 1.2], [430, 348, 0.9], [640, 350, 1.1], [690, 350, 1.4], [980, 338, 1], [1150, 338, 1.3], [1208, 338, 1], [1330, 344, 1.4], [1400, 346, 1]] as const // prettier-ignore

const TOWERS = [
  { x: 70, width: 96, height: 114, roof: 'flat', tint: 1 },
  { x: 178, width: 72, height: 160, roof: 'step', tint: 2 },
  { x: 262, width: 110, height: 90, roof: 'gable', tint: 3 },
  { x: 430, width: 84, height: 144, roof: 'flat', tint: 2 },
  { x: 522, width: 92, height: 100, roof: 'gable', tint: 1 },
  { x: 660, width: 76, height: 156, roof: 'spire', tint: 4 },
  { x: 748, width: 108, height: 114, roof: 'flat', tint: 3 },
  { x: 1176, width: 88, height: 132, roof: 'step', tint: 1 },
  { x: 1272, width: 120, height: 94, roof: 'gable', tint: 2 },
] as const

/** What the camera sees gets fainter with the distance. */
const Beam = () => (
  <defs>
    <linearGradient id="beam" x1="0" y1="0" x2="1" y2="0.5">
      <stop class="scape-beam-near" offset="0" />
      <stop class="scape-beam-far" offset="1" />
    </linearGradient>
  </defs>
)

const Stadium = () => (
  <g class="scape-stadium">
    <path d="M918 340v-44c0-34 228-34 228 0v44z" />
    <path class="scape-stadium-roof" d="M908 300c0-44 248-44 248 0-40-22-208-22-248 0z" />
    <path class="scape-stadium-ribs" d="M950 288v52M990 282v58M1032 281v59M1074 282v58M1114 288v52" />
  </g>
)

/** The quay road in front: kerb, asphalt, dashes, rail, water. */
const Road = () => (
  <g>
    <path class="scape-kerb" d="M0 372h1440v8H0z" />
    <path class="scape-asphalt" d="M0 380h1440v56H0z" />
    <path class="scape-dashes" d="M0 408h1440" />
    <path class="scape-rail" d="M0 436h1440v7H0z" />
    <path class="scape-water" d="M0 443h1440v17H0z" />
  </g>
)
