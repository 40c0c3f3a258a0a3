import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'

import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'

import type { InboxEntry } from '../../../shared/protocol/view.ts'
import { playMs, serviceMs } from '../../../shared/units.ts'
import { openMailbag } from '../../../server/mail/mailbag.ts'
import { openPostman } from '../../../server/mail/postman.ts'
import { openLetterWriter, type Locale } from '../../../server/mail/write-letter.ts'

interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
}

const servers: SMTPServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A real SMTP server in this process. */
async function openCatcher(refuses: (count: number) => boolean = () => false) {
  const received: Received[] = []
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        count += 1
        if (refuses(count)) return done(new Error('mailbox on fire'))
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        received.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { received, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

const locale = (code: string) =>
  JSON.parse(readFileSync(new URL(`../../../assets/locales/${code}.json`, import.meta.url), 'utf8')) as Locale
const writer = () => openLetterWriter({ fr: locale('fr'), en: locale('en') })

const params = { plate: 'FR-042-NV', camera: 'A7-N', speed: 124, limit: 110 }
const fine: InboxEntry = {
  id: '911/1',
  kind: 'fine',
  from: 'issue-fine',
  subject: { key: 'mail.fine.subject', params },
  body: { key: 'mail.fine.body', params },
  at: { playMs: playMs(45_550), serviceMs: serviceMs(546_600) },
}

describe('mail', () => {
  it('[MAIL-1] sends a copy of a fine to a real SMTP server, addressed to the plate', async () => {
    const { received, url } = await openCatcher()
    const postman = openPostman(url)
    const bag = openMailbag(postman, await writer(), (error) => expect.fail(String(error)))
    bag.add('FR-042-NV', fine)
    await bag.empty()
    postman.close()
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ from: 'issue-fine@nuageville.example', to: ['fr-042-nv@nuageville.example'] })
    expect(received[0]?.text).toContain('Subject:')
  })

  it('[MAIL-2] speaks every language of the city in one letter', async () => {
    const letter = (await writer())('FR-042-NV', fine)
    expect(letter.subject).toContain('Excès de vitesse')
    expect(letter.subject).toMatch(/Speeding|Fine/)
    expect(letter.text).toContain('124')
    expect(letter.text).not.toContain('{{')
  })

  it('[MAIL-3] loses a copy and nothing else when the mail server fails', async () => {
    const { received, url } = await openCatcher((count) => count === 1)
    const errors: unknown[] = []
    const postman = openPostman(url)
    const bag = openMailbag(postman, await writer(), (error) => errors.push(error))
    bag.add('AA-001-NV', fine)
    bag.add('BB-002-NV', fine)
    await bag.empty()
    postman.close()
    expect(errors).toHaveLength(1)
    expect(received.map(({ to }) => to[0])).toEqual(['bb-002-nv@nuageville.example'])
  })
})
