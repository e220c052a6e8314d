import { createSocket } from 'node:dgram'
import { onTestFinished } from 'vitest'

/** A record of an answer: its type and its data, as they are sent. */
export interface SentRecord {
  readonly type: number
  readonly data: Buffer
}

/** What a name server of a test says: records, a code of its own, or nothing at all. */
export type Says = readonly SentRecord[] | { readonly code: number } | 'nothing'

/** A name in the format of DNS messages. */
export const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ])

/** A 16-bit number as it is sent. */
export const short = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])

/** The name that a question asks for, and where it ends. */
function questionOf(message: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

/** A name server on a free port of 127.0.0.1; resolves to that port. Closed at the end of the test. */
export async function openNameServer(says: (name: string) => Says): Promise<number> {
  const socket = createSocket('udp4')
  socket.on('message', (message, { port, address }) => {
    const { name, end } = questionOf(message)
    const answer = says(name)
    if (answer === 'nothing') return
    const records = Array.isArray(answer) ? (answer as readonly SentRecord[]) : []
    const code = 'code' in answer ? answer.code : 0
    const head = Buffer.concat([
      message.subarray(0, 2),
      // An answer, with recursion, to one question.
      Buffer.from([0x81, 0x80 | code]),
      ...[1, records.length, 0, 0].map(short),
    ])
    const body = records.map(({ type, data }) =>
      Buffer.concat([
        // The name of the question, class IN, 60 s.
        Buffer.from([0xc0, 0x0c]),
        short(type),
        short(1),
        Buffer.from([0, 0, 0, 60]),
        short(data.length),
        data,
      ]),
    )
    socket.send(Buffer.concat([head, message.subarray(12, end), ...body]), port, address)
  })
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    await new Promise<void>((resolve) => {
      socket.close(resolve)
    })
  })
  return socket.address().port
}
