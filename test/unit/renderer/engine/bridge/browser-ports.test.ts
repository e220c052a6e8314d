import { describe, expect, it } from 'vitest'
import { engineAddress } from '#renderer/engine/bridge/browser-ports.ts'

describe('engineAddress', () => {
  it('is the host that served the page', () => {
    expect(engineAddress({ protocol: 'http:', host: '127.0.0.1:7373' })).toBe(
      'ws://127.0.0.1:7373/engine',
    )
  })

  it('is encrypted where the page is', () => {
    expect(engineAddress({ protocol: 'https:', host: 'watch.example' })).toBe(
      'wss://watch.example/engine',
    )
  })
})
