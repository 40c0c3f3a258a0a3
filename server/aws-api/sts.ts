import { randomUUID } from 'node:crypto'
import { ACCOUNT_ID } from '../../shared/aws/account.ts'
import { toXml } from './xml.ts'

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** GetCallerIdentity, the one question STS answers here. */
export function answerSts(userName: string, form: URLSearchParams): { readonly status: number; readonly body: string } {
  const metadata = ['ResponseMetadata', [['RequestId', randomUUID()]]] as const
  if (form.get('Action') !== 'GetCallerIdentity') {
    const fault = [
      ['Type', 'Sender'],
      ['Code', 'InvalidAction'],
      ['Message', 'Not offered here.'],
    ] as const
    return { status: 400, body: toXml(['ErrorResponse', [['Error', fault]]], NAMESPACE) }
  }
  const identity = [
    ['Arn', `arn:aws:iam::${ACCOUNT_ID}:user/${userName}`],
    ['UserId', userName],
    ['Account', ACCOUNT_ID],
  ] as const
  const result = ['GetCallerIdentityResult', identity] as const
  return { status: 200, body: toXml(['GetCallerIdentityResponse', [result, metadata]], NAMESPACE) }
}
