import { readFileSync } from 'node:fs'

import { fail, ok, type Result } from '../../shared/result.ts'

const ASSETS = new URL('../../assets/', import.meta.url)

/** @returns the parsed file of `assets`, or why it cannot be read, with its path */
export function readAsset(path: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(readFileSync(new URL(path, ASSETS), 'utf8')) as unknown)
  } catch (error) {
    return fail(`assets/${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
