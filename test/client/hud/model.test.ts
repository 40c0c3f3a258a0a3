import { describe, expect, it } from 'vitest'

import { openHudModel } from '../../../client/hud/model.ts'
import { openDemoFeed } from '../pages/demo/demo-feed.ts'

const open = () => {
  const feed = openDemoFeed('driver')
  return { feed, model: openHudModel(feed, 0) }
}

describe('what the panels show', () => {
  it('is the newest view, until it is closed', () => {
    const { feed, model } = open()
    feed.show({ weather: 'fog' })
    expect(model.view.value.weather).toBe('fog')
    model.close()
    feed.show({ weather: 'clear' })
    expect(model.view.value.weather).toBe('fog')
  })

  it('is how the screen is tied to the city', () => {
    const { feed, model } = open()
    expect(model.link.value).toBe('websocket')
    feed.tie('reconnecting')
    expect(model.link.value).toBe('reconnecting')
  })

  it('is the street and both clocks, when it is looked at', () => {
    const { model } = open()
    const before = model.street.value
    model.look(100)
    expect(model.street.value).not.toBe(before)
    expect(model.clocks.value.play).toBe(50_000)
  })

  it('tells the clocks and what is around by turns, the street at every look', () => {
    const { model } = open()
    const told = [1, 2, 3, 4].map((look) => {
      const [street, around, clocks] = [model.street.value, model.around.value, model.clocks.value]
      model.look(look * 100)
      return [model.street.value !== street, model.around.value !== around, model.clocks.value !== clocks]
    })
    expect(told).toEqual([
      [true, false, true],
      [true, true, false],
      [true, false, true],
      [true, true, false],
    ])
    expect(model.around.value).toBe(model.street.value)
  })
})

describe('panels', () => {
  it('open one from another and lead back', () => {
    const { model } = open()
    model.open({ kind: 'mailbox' })
    model.open({ kind: 'why', id: '911/1' })
    model.back()
    expect(model.panels.value).toEqual([{ kind: 'mailbox' }])
    model.open({ kind: 'why', id: '911/1' })
    model.closeAll()
    expect(model.panels.value).toEqual([])
  })
})

describe('letters', () => {
  it('are unread until the mailbox is opened', () => {
    const { model } = open()
    expect(model.readMail.value.size).toBe(0)
    model.open({ kind: 'mailbox' })
    expect([...model.readMail.value]).toEqual(['911/1', '970/1'])
  })

  it('that come while the mailbox is open are read as they come, later ones are not', () => {
    const { feed, model } = open()
    const [fine, repair] = feed.view().inbox
    model.open({ kind: 'mailbox' })
    feed.show({ inbox: [fine, repair, { ...fine, id: '999/1' }].flatMap((entry) => entry ?? []) as never })
    expect(model.readMail.value.has('999/1')).toBe(true)
    model.closeAll()
    feed.show({ inbox: [{ ...fine, id: '1001/1' }] as never })
    expect(model.readMail.value.has('1001/1')).toBe(false)
  })
})
