import { describe, expect, it } from 'vitest'

import {
  deleteDashboards,
  getDashboard,
  listDashboards,
  putDashboard,
} from '../../../../server/services/watch/dashboards.ts'
import { at, done, open, tickAt } from './world.ts'

const widget = { type: 'metric', x: 0, y: 0, width: 12, height: 6, properties: { metrics: [] } }
const put = (DashboardBody: string, DashboardName = 'ring-road') =>
  putDashboard(open(), { DashboardName, DashboardBody }, tickAt(5))
const body = (...widgets: object[]) => JSON.stringify({ widgets })

describe('dashboards', () => {
  it('[WATCH-97] keeps a body as it was put', () => {
    const { state } = done(put(body(widget)))
    expect(done(getDashboard(state, 'ring-road'))).toEqual({ name: 'ring-road', body: body(widget), modifiedAt: at(5) })
  })

  it.each([
    ['no widget', '{"widgets":[]}', true],
    ['the right edge', body({ ...widget, x: 12 }), true],
    ['a text', body({ type: 'text', properties: { markdown: '# Ring road' } }), true],
    ['no JSON', '{', false],
    ['a list', '[]', false],
    ['no list of widgets', '{}', false],
    ['a widget that is none', '{"widgets":[7]}', false],
    ['an unknown type', body({ ...widget, type: 'clock' }), false],
    ['no properties', body({ type: 'metric' }), false],
    ['beyond the right edge', body({ ...widget, x: 13 }), false],
    ['beyond the left edge', body({ ...widget, x: -1 }), false],
    ['all columns', body({ ...widget, width: 24 }), true],
    ['one column too many', body({ ...widget, width: 25 }), false],
    ['the last column', body({ ...widget, x: 23, width: 1 }), true],
    ['no column left', body({ ...widget, x: 24, width: 1 }), false],
    ['the width of 6 where none is given', body({ ...widget, x: 18, width: undefined }), true],
    ['less than that', body({ ...widget, x: 19, width: undefined }), false],
    ['half a column', body({ ...widget, width: 1.5 }), false],
    ['no width', body({ ...widget, width: 0 }), false],
    ['500 widgets', body(...Array<object>(500).fill(widget)), true],
    ['501 widgets', body(...Array<object>(501).fill(widget)), false],
  ])('[WATCH-97] a body with %s', (_, text, isTaken) => {
    expect(put(text).ok).toBe(isTaken)
  })

  it.each(['', 'ring road', 'périph', 'x'.repeat(256)])('[WATCH-97] refuses the name %j', (name) => {
    expect(put(body(), name)).toMatchObject({ ok: false, error: { code: 'InvalidParameterInput' } })
  })

  it('[WATCH-97] says where a body is wrong', () => {
    expect(put(body(widget, { ...widget, type: 'clock' }))).toMatchObject({
      error: { message: expect.stringContaining('/widgets/1/type') as string },
    })
  })

  it('[WATCH-97] lists by prefix, deletes all or none', () => {
    const first = done(put(body())).state
    const two = done(putDashboard(first, { DashboardName: 'port', DashboardBody: body() }, tickAt(6))).state
    expect([listDashboards(two).length, listDashboards(two, 'ring').length]).toEqual([2, 1])
    expect(deleteDashboards(two, ['port', 'stranger'])).toMatchObject({ error: { code: 'ResourceNotFound' } })
    expect(listDashboards(done(deleteDashboards(two, ['port'])).state).map(({ name }) => name)).toEqual(['ring-road'])
    expect(getDashboard(two, 'stranger').ok).toBe(false)
  })
})
