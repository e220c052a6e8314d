import { expect, it } from 'vitest'
import { imageSizeRefusal, imageTypeOf, MAX_IMAGE_BYTES } from '#shared/domain/image/schema.ts'

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

it.each([
  ['\u0089PNG\r\n\u001a\n…', 'image/png'],
  ['\u00ff\u00d8\u00ff\u00e0', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['RIFF\u0001\u0002\u0003\u0004WEBPVP8 ', 'image/webp'],
  ['RIFF\u0001\u0002\u0003\u0004WAVE', null],
  ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', null],
  ['<!doctype html>', null],
  ['\u0089PNG', null],
  ['', null],
])('an image is known by its first bytes: %j', (text, type) => {
  expect(imageTypeOf(bytes(text))).toBe(type)
})

it('says how large an image is and what the limit is', () => {
  expect(imageSizeRefusal(MAX_IMAGE_BYTES)).toBeNull()
  expect(imageSizeRefusal(1)).toBeNull()
  expect(imageSizeRefusal(MAX_IMAGE_BYTES + 1)).toBe(
    'This image is 10.1 MiB; the limit is 10 MiB. Nothing was added.',
  )
  expect(imageSizeRefusal(20_000_000)).toBe(
    'This image is 19.1 MiB; the limit is 10 MiB. Nothing was added.',
  )
  expect(imageSizeRefusal(0)).toBe('This image is empty. Nothing was added.')
})
