#!/usr/bin/env node
// Draws assets/icons from icon.svg: `node assets/render-icons.mjs`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dataAddress, inAssets, openPage } from './render-browser.mjs'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Apple's names for a PNG of a size, the plain and the doubled ones. */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]
const icoSizes = [16, 24, 32, 48, 64, 128, 256]
/** Apple's icons leave a margin: the body is 824 of 1024 points. */
const MAC_BODY = 824 / 1024

rmSync(inAssets('icons'), { recursive: true, force: true })
mkdirSync(inAssets('icons'))
const { page, close } = await openPage({ width: 1024, height: 1024 })
const address = dataAddress(inAssets('icon.svg'), 'image/svg+xml')

for (const size of sizes) {
  writeFileSync(inAssets(`icons/${size}x${size}.png`), (await draw(size)).png)
}
const forMac = new Map()
for (const [, size] of icnsTypes) {
  if (!forMac.has(size)) forMac.set(size, (await draw(size, MAC_BODY)).png)
}
writeFileSync(inAssets('icons/icon.icns'), toIcns(icnsTypes, forMac))
const forWindows = []
for (const size of icoSizes) forWindows.push({ size, ...(await draw(size)) })
writeFileSync(inAssets('icons/icon.ico'), toIco(forWindows))
await close()

/** The icon as a PNG and as its pixels (RGBA, from the top), in the middle of a clear square. */
async function draw(size, body = 1) {
  const drawn = await page.evaluate(
    async ([source, edge, part]) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = new OffscreenCanvas(edge, edge)
      const context = canvas.getContext('2d')
      const inner = edge * part
      context.drawImage(image, (edge - inner) / 2, (edge - inner) / 2, inner, inner)
      const png = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
      return {
        png: png.toBase64(),
        pixels: new Uint8Array(context.getImageData(0, 0, edge, edge).data.buffer).toBase64(),
      }
    },
    [address, size, body],
  )
  return { png: Buffer.from(drawn.png, 'base64'), pixels: Buffer.from(drawn.pixels, 'base64') }
}

/** Apple's container: a type, a length and a PNG, one after the other. */
function toIcns(types, pictures) {
  const entries = types.map(([type, size]) => {
    const png = pictures.get(size)
    return Buffer.concat([Buffer.from(type), uint32(png.length + 8), png])
  })
  const body = Buffer.concat(entries)
  return Buffer.concat([Buffer.from('icns'), uint32(body.length + 8), body])

  function uint32(value) {
    const buffer = Buffer.alloc(4)
    buffer.writeUInt32BE(value)
    return buffer
  }
}

/**
 * Windows' container. Sizes below 256 are bitmaps: the taskbar and installers of old read PNG only
 * at 256.
 */
function toIco(pictures) {
  const payloads = pictures.map(({ size, png, pixels }) =>
    size >= 256 ? png : toBitmap(size, pixels),
  )
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { size }] of pictures.entries()) {
    const at = 6 + 16 * index
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(payloads[index].length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += payloads[index].length
  }
  return Buffer.concat([header, ...payloads])
}

/** A bitmap as icons have it: no file header, twice the height, BGRA from the bottom, empty mask. */
function toBitmap(size, pixels) {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const colours = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = (row * size + column) * 4
      const to = ((size - 1 - row) * size + column) * 4
      colours[to] = pixels[from + 2]
      colours[to + 1] = pixels[from + 1]
      colours[to + 2] = pixels[from]
      colours[to + 3] = pixels[from + 3]
    }
  }
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size)
  return Buffer.concat([header, colours, mask])
}
