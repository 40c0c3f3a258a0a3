import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'

/**
 * Finds the Chromium that the browser tests drive, or installs one, and says which: `CHROMIUM_PATH`, a browser on the
 * machine, Debian's package through apt, Playwright's own build elsewhere.
 */
const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** @returns the path of an executable browser, or `null` when the machine has none */
export function findBrowser(): string | null {
  const own = process.env['CHROMIUM_PATH']
  if (own !== undefined && own !== '') return own
  const found = KNOWN.find((path) => existsSync(path))
  if (found !== undefined) return found
  const bundled = chromium.executablePath()
  return existsSync(bundled) ? bundled : null
}

const say = (line: string) => process.stdout.write(`browser tests: ${line}\n`)
const run = (command: string, args: readonly string[]) => execFileSync(command, args, { stdio: 'inherit' })
const asRoot = (command: string, args: readonly string[]) =>
  process.getuid?.() === 0 ? run(command, args) : run('sudo', [command, ...args])

function install(): void {
  if (spawnSync('apt-get', ['--version']).status === 0) {
    say('no Chromium on this machine; installing Debian’s package "chromium" with apt-get')
    asRoot('apt-get', ['update', '-qq'])
    asRoot('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'])
  } else {
    say('no Chromium on this machine; installing Playwright’s build')
    run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
  }
}

if (import.meta.main) {
  if (findBrowser() === null) install()
  const path = findBrowser()
  if (path === null) {
    say('no Chromium could be installed; set CHROMIUM_PATH to one')
    process.exitCode = 1
  } else say(`using ${path}`)
}
