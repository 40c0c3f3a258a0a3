/** What a browser keeps so that a reload, a closed lid or a lost connection does not cost the seat or the room. */
export interface KeysKept {
  seatToken(code: string): string | undefined
  keepSeat(code: string, token: string): void
  hostKey(code: string): string | undefined
  keepHost(code: string, key: string): void
  /** How many pupils a room waits for. */
  expected(code: string): number
  keepExpected(code: string, pupils: number): void
  /** The name last driven under, offered again. */
  name(): string | undefined
  keepName(name: string): void
}

const PREFIX = 'nuageville'

export function openKeysKept(storage: Pick<Storage, 'getItem' | 'setItem'>): KeysKept {
  const read = (name: string) => storage.getItem(`${PREFIX}.${name}`) ?? undefined
  const write = (name: string, value: string) => storage.setItem(`${PREFIX}.${name}`, value)
  return {
    seatToken: (code) => read(`seat.${code}`),
    keepSeat: (code, token) => write(`seat.${code}`, token),
    hostKey: (code) => read(`desk.${code}`),
    keepHost: (code, key) => write(`desk.${code}`, key),
    expected: (code) => Number(read(`expected.${code}`) ?? 0),
    keepExpected: (code, pupils) => write(`expected.${code}`, String(pupils)),
    name: () => read('name'),
    keepName: (name) => write('name', name),
  }
}
