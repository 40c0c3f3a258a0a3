import { startServer } from '../../server/main.ts'

/** The server of `bench:room`, in a process of its own: tells what it has spent whenever it is asked. */
const rooms = Number(process.argv[2] ?? 1)
const running = await startServer({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', MAX_ROOMS: String(rooms) })
let before = process.cpuUsage()

process.on('message', (word) => {
  if (word === 'start') before = process.cpuUsage()
  if (word === 'report') {
    const { user, system } = process.cpuUsage(before)
    process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage().rss })
  }
})
process.send?.({ port: running.port })
