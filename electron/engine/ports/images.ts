import type { Result } from '#shared/domain/result/result.ts'

/** Keeps the bytes of images beside the journal, under their hash. */
export interface Images {
  /**
   * Keeps an image, on the disk when it resolves. Never rejects.
   *
   * @returns its SHA-256 in hexadecimal; or why it is not kept, as a whole sentence.
   */
  keep(bytes: Uint8Array): Promise<Result<string, string>>
  /** Null where it is not kept, or damaged. Never rejects. */
  read(hash: string): Promise<Uint8Array | null>
}
