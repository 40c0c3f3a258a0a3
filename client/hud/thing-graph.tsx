import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

import type { Graph } from '../../shared/protocol/xray.ts'
import { formatNumber, language, t } from '../i18n/i18n.ts'
import { formatPlay, formatService } from '../view/clocks.ts'
import { graphRows, summaryOf } from '../view/graph-rows.ts'
import { settings } from './preferences.ts'

interface ThingGraphProps {
  readonly graph: Graph
  /** Service time per play time. */
  readonly scale: number
}

/** A metric's curve with its alarms' threshold; what it shows also stands in a sentence and in a table. */
export function ThingGraph({ graph, scale }: ThingGraphProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const shown = useRef(graph)
  shown.current = graph
  const { textScale, highContrast } = settings.value

  useLayoutEffect(() => {
    const parent = place.current
    if (!parent) return
    chart.current = new uPlot(toOptions(parent, shown.current, scale), toData(shown.current), parent)
    const watch = new ResizeObserver(() => chart.current?.setSize(sizeOf(parent)))
    watch.observe(parent)
    return () => {
      watch.disconnect()
      chart.current?.destroy()
    }
  }, [scale, textScale, highContrast, language.value])
  useEffect(() => chart.current?.setData(toData(graph)), [graph])

  return (
    <figure class="thing-graph agent-watch">
      <figcaption>
        <strong>{graph.metricName}</strong> {t('graph.caption', summaryOf(graph, scale))}
      </figcaption>
      <div ref={place} class="thing-plot" role="img" aria-label={t('graph.label', summaryOf(graph, scale))} />
      <Rows graph={graph} scale={scale} />
    </figure>
  )
}

function Rows({ graph, scale }: ThingGraphProps) {
  const rows = graphRows(graph, scale)
  if (rows.length === 0) return null
  return (
    <details>
      <summary>{t('graph.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('clock.play')}</th>
            <th scope="col">AWS</th>
            <th scope="col">{graph.statistic}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, value }) => (
            <tr key={at.serviceMs}>
              <td>{formatPlay(at.playMs)}</td>
              <td>{formatService(at.serviceMs)}</td>
              <td>{formatNumber(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const HEIGHT_REM = 12
const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

const sizeOf = (parent: HTMLElement) => ({ width: parent.clientWidth, height: HEIGHT_REM * rem() })

/** Three rows beside the times: within the threshold, above it, and the threshold itself. */
function toData({ from, periods, periodSeconds, points, threshold }: Graph): uPlot.AlignedData {
  const values = new Map(points)
  const at = Array.from({ length: periods }, (_, i) => from.serviceMs / 1000 + i * periodSeconds)
  const all = at.map((_, i) => values.get(i) ?? null)
  const isAbove = (value: number | null) => value !== null && threshold !== null && value > threshold
  return [
    at,
    all.map((value) => (isAbove(value) ? null : value)),
    all.map((value) => (isAbove(value) ? value : null)),
    at.map(() => threshold),
  ]
}

function toOptions(parent: HTMLElement, graph: Graph, scale: number): uPlot.Options {
  const style = getComputedStyle(parent)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const [ink, line, within, above, limit] = ['--ink', '--line', '--agent-watch', '--danger', '--worn'].map(colour)
  const font = `${Math.round(0.8 * rem())}px ${style.fontFamily}`
  const axis = { stroke: ink ?? '', font, grid: { stroke: line ?? '', width: 1 }, ticks: { stroke: line ?? '' } }
  const bars = uPlot.paths.bars?.({ size: [0.9, 14] })
  const toPlay = (seconds: number) => graph.from.playMs + (seconds * 1000 - graph.from.serviceMs) / scale
  // What is above the threshold has a head as well as a colour.
  const bar = (fill = '', hasHead = false) => ({
    fill: hasHead ? fill : `${fill}99`,
    stroke: fill,
    width: 1,
    points: hasHead ? { show: true, size: 0.8 * rem(), fill, stroke: fill } : { show: false },
    ...(bars ? { paths: bars } : {}),
  })
  return {
    ...sizeOf(parent),
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false },
      y: { range: (_chart, _min, max) => [0, Math.max(max, graph.threshold ?? 0, 1) * 1.15] },
    },
    axes: [
      {
        ...axis,
        size: 3.2 * rem(),
        space: 6 * rem(),
        values: (_chart, splits) =>
          splits.map((at) => `${formatService((at * 1000) as never)}\n${formatPlay(toPlay(at) as never)}`),
      },
      { ...axis, size: 3 * rem() },
    ],
    series: [
      {},
      bar(within),
      bar(above, true),
      { stroke: limit ?? '', width: 2, dash: [8, 5], points: { show: false } },
    ],
  }
}
