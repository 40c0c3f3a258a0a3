import { describe, expect, it } from 'vitest'

import { openHudModel } from '../../../client/hud/model.ts'
import { keepHelp } from '../../../client/pages/lend-wheel.ts'
import type { Assists } from '../../../shared/model/command.ts'
import { openDemoFeed } from './demo/demo-feed.ts'

const CHOSEN: Assists = { steering: true, braking: false, speedCap: 0.8, autopilot: false }

function open(speed: number) {
  const feed = openDemoFeed('driver')
  const model = openHudModel(feed, 0)
  const { own } = model.street.value
  model.street.value = { ...model.street.value, own: own && { ...own, speed } }
  const stop = keepHelp(model, () => CHOSEN)
  const told = () => feed.calls.filter((call) => call.startsWith('assist')).map((call) => JSON.parse(call.slice('assist '.length)) as Assists) // prettier-ignore
  return { feed, model, stop, told }
}

describe('the help that a driver chose', () => {
  it('is told once, when the street opens', () => {
    expect(open(20).told()).toEqual([CHOSEN])
  })

  it('becomes the autopilot while a panel is open at speed, and is given back when the last one closes', () => {
    const { model, told } = open(20)
    model.open({ kind: 'mailbox' })
    model.open({ kind: 'why', id: '1/1' })
    expect(model.isLent.value).toBe(true)
    expect(told().slice(1)).toEqual([{ ...CHOSEN, autopilot: true }])
    model.closeAll()
    expect(model.isLent.value).toBe(false)
    expect(told().at(-1)).toEqual(CHOSEN)
  })

  it.each([0, 0.5, -0.5])('stays as it is for a car that stands (%f m/s)', (speed) => {
    const { model, told } = open(speed)
    model.open({ kind: 'settings' })
    expect(model.isLent.value).toBe(false)
    expect(told()).toEqual([CHOSEN])
  })

  it('is joined by what the teacher gives the seat, at once, until it is taken back', () => {
    const { feed, told } = open(0)
    feed.show({ help: { steering: false, braking: true, speedCap: 0.5, autopilot: false } })
    expect(told().at(-1)).toEqual({ steering: true, braking: true, speedCap: 0.5, autopilot: false })
    feed.show({ help: null })
    expect(told().at(-1)).toEqual(CHOSEN)
  })

  it('waits for a city that stands, and is told when it goes on', () => {
    const { feed, model, told } = open(20)
    void feed.pause(true)
    model.open({ kind: 'mailbox' })
    expect(told()).toEqual([CHOSEN])
    void feed.pause(false)
    expect(told().at(-1)).toEqual({ ...CHOSEN, autopilot: true })
  })

  it('is nobody’s any more when the street is left', () => {
    const { model, stop, told } = open(20)
    stop()
    model.open({ kind: 'mailbox' })
    expect(told()).toEqual([CHOSEN])
  })
})
