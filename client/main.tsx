import { doors } from './net/real-doors.ts'
import { boot } from './pages/boot.tsx'

await boot(doors)
