import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openBrowser } from './browser.ts'
import { openServer } from './live-server.ts'

/** The real server and a real Chromium, for the tests of one `describe`. */
export interface Stage {
  readonly server: Running
  readonly browser: Browser
}

/** Opens both before the first test and closes them after the last; in between, and only then, they can be asked for. */
export function useStage(): Stage {
  let opened: Stage | null = null
  const stage = (): Stage => {
    if (opened === null) throw new Error('the stage opens with the first test')
    return opened
  }

  beforeAll(async () => {
    opened = { server: await openServer(), browser: await openBrowser() }
  })
  afterAll(async () => {
    await stage().browser.close()
    await stage().server.close()
  })

  return {
    get server() {
      return stage().server
    },
    get browser() {
      return stage().browser
    },
  }
}
