import type { Result } from '#shared/domain/result/result.ts'

/** The texts of runbooks that were trusted, so that what changed since can be shown. */
export interface TrustedTexts {
  /** Keeps a text by its hash; why it cannot be kept, in words. Never rejects. */
  keep(hash: string, text: string): Promise<Result<void, string>>
  /** Null where it is not kept, or damaged. Never rejects. */
  read(hash: string): Promise<string | null>
}
