import * as z from 'zod'

import { fail, ok, type Result } from '../shared/result.ts'

/** What the operator may set, all by environment. */
const environment = z.object({
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  /** `smtp://host:port`: a mail server that gets a copy of every letter, addressed to the plate. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'must look like smtp://host:port')
    .optional(),
  MAX_ROOMS: z.coerce.number({ error: 'must be a number' }).int().min(1).max(1000).default(100),
  /** A port on the loopback address where AWS's own command line may look into the rooms. */
  AWS_API_PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Settings = z.infer<typeof environment>

/** @returns the settings, or one sentence that says which variable is wrong, and how */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Result<Settings, string> {
  const read = environment.safeParse(env)
  if (read.success) return ok(read.data)
  const issue = read.error.issues[0]
  return fail(`${String(issue?.path[0])}=${env[String(issue?.path[0])] ?? ''}: ${issue?.message ?? 'is wrong'}`)
}
