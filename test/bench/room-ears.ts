import { WebSocket } from 'ws'

/**
 * Those who listen to a server without a game, in a process of their own: `PORT COUNT ws|socketio UP`. Each answers with
 * `UP` bytes, every frame one half of them, every fourth the other: as seats that drive, and seats that are driven.
 */
const [port = '0', count = '1', kind = 'ws', up = '12'] = process.argv.slice(2)
const path = kind === 'ws' ? '' : 'socket.io/?EIO=4&transport=websocket'
const answer = new Uint8Array(Number(up))

function listen(i: number): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`, { perMessageDeflate: false })
  let heard = 0
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    if (kind === 'ws') socket.on('open', () => resolve())
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        heard += 1
        if (i % 2 === 0 || heard % 4 === 0) socket.send(answer)
        return
      }
      const text = data.toString()
      if (text.startsWith('40')) resolve()
      else if (text.startsWith('0')) socket.send('40')
      else if (text === '2') socket.send('3')
    })
  })
}

for (let i = 0; i < Number(count); i += 1) await listen(i)
process.send?.('seated')
