import { createTransport } from 'nodemailer'

/** A letter as it goes to an SMTP server: the address is the plate's, never a person's. */
export interface Letter {
  readonly plate: string
  readonly from: string
  readonly subject: string
  readonly text: string
}

/** Takes copies of what lies in the in-game mailboxes. Losing one loses nothing: the mailbox has it. */
export interface Postman {
  /** @throws when the server refuses the letter or cannot be reached */
  send(letter: Letter): Promise<void>
  close(): void
}

const toAddress = (name: string, domain: string) => `${name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')}@${domain}`

/**
 * @param url `smtp://host:port` or `smtps://user:password@host:port`, as nodemailer reads it
 * @param domain the right side of every address; a reserved one, so that a misconfigured server cannot reach anybody
 */
export function openPostman(url: string, domain = 'nuageville.example'): Postman {
  const transport = createTransport(url)
  return {
    async send(letter) {
      await transport.sendMail({
        from: toAddress(letter.from, domain),
        to: toAddress(letter.plate, domain),
        subject: letter.subject,
        text: letter.text,
      })
    },
    close: () => transport.close(),
  }
}
