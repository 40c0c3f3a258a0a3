import { Cloud, Drone, Mast, PatrolCar, ResponseVan, SportCar, Tower, Tree } from './city-parts.tsx'

/** The drawing of the front page: the city between sky and river road. By day in the light theme, by night in the dark. */
export function CityScape() {
  return (
    <svg class="scape" viewBox="0 0 1440 460" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <Windows />
      <circle class="scape-sun" cx="1130" cy="96" r="58" />
      <g class="scape-stars">
        {STARS.map(([x, y]) => (
          <circle key={x} cx={x} cy={y} r="1.8" />
        ))}
      </g>
      <Cloud x={110} y={92} scale={1.25} slow />
      <Cloud x={620} y={50} scale={0.8} />
      <Cloud x={1210} y={150} scale={1} slow />
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
      <PatrolCar x={236} y={372} />
      <ResponseVan x={508} y={372} />
      <SportCar x={1016} y={410} />
      <Drone x={742} y={176} />
    </svg>
  )
}

const FAR =
  'M0 330V236h52v-28h66v40h44v-72h30v-22h34v22h30v96h60v-60h72v34h50v-92h22v-18h36v18h22v122h58v-46h64v-30h58v52h70v-96h26v-26h12v26h30v118h66v-58h80v30h64v-82h58v60h70v-34h60v74h74v-96h52v128h58v-46h72v90z'

const STARS = [[90, 40], [260, 84], [402, 30], [540, 96], [700, 140], [838, 44], [960, 100], [1040, 34], [1290, 60], [1392, 110]] as const // prettier-ignore

const TREES = [[40, 356, 1], [92, 352, 1.3], [170, 350, 0.9], [372, 346, 1.2], [430, 348, 0.9], [640, 350, 1.1], [690, 350, 1.4], [980, 338, 1], [1150, 338, 1.3], [1208, 338, 1], [1330, 344, 1.4], [1400, 346, 1]] as const // prettier-ignore

const TOWERS = [
  { x: 70, width: 96, height: 150, roof: 'flat', tint: 1 },
  { x: 178, width: 72, height: 210, roof: 'step', tint: 2 },
  { x: 262, width: 110, height: 118, roof: 'gable', tint: 3 },
  { x: 430, width: 84, height: 188, roof: 'flat', tint: 2 },
  { x: 522, width: 92, height: 132, roof: 'gable', tint: 1 },
  { x: 660, width: 76, height: 236, roof: 'spire', tint: 4 },
  { x: 748, width: 108, height: 150, roof: 'flat', tint: 3 },
  { x: 1176, width: 88, height: 176, roof: 'step', tint: 1 },
  { x: 1272, width: 120, height: 124, roof: 'gable', tint: 2 },
] as const

/** Lit and dark windows, repeated over every wall. */
function Windows() {
  return (
    <defs>
      <pattern id="windows" width="26" height="30" patternUnits="userSpaceOnUse">
        <rect class="scape-window" x="5" y="8" width="7" height="11" rx="1" />
        <rect class="scape-window scape-window-dim" x="17" y="8" width="7" height="11" rx="1" />
      </pattern>
      <linearGradient id="beam" x1="0" y1="0" x2="1" y2="0.5">
        <stop class="scape-beam-near" offset="0" />
        <stop class="scape-beam-far" offset="1" />
      </linearGradient>
    </defs>
  )
}

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
