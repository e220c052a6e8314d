import { useId } from 'react'
import {
  imageSizeRefusal,
  imageTypeOf,
  imageTypeSchema,
  NOT_AN_IMAGE,
} from '#shared/domain/image/schema.ts'
import { BlobImage } from '../../components/blob-image.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import styles from './image-field.module.css'

interface ImageFieldProps {
  readonly image: File | null
  readonly problem: string | null
  readonly onSelect: (file: File) => void
  readonly onRemove: () => void
}

/** The image that is added: pasted into the dialog, or a file. */
export function ImageField({ image, problem, onSelect, onRemove }: ImageFieldProps) {
  const id = useId()
  return (
    <div className={fieldStyles.field}>
      <label htmlFor={id} className={fieldStyles.label}>
        Image
      </label>
      {image ? (
        <div className={styles.selected}>
          <BlobImage className={styles.image} blob={image} alt="" />
          <span className={styles.name}>{image.name}</span>
          <SmallButton onClick={onRemove}>Remove image</SmallButton>
        </div>
      ) : null}
      <input
        id={id}
        type="file"
        className={styles.file}
        data-selected={image !== null}
        accept={imageTypeSchema.options.join(',')}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-says`}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          // The same file can be selected again.
          currentTarget.value = ''
          if (file) onSelect(file)
        }}
      />
      {problem === null ? (
        <p id={`${id}-says`} className={fieldStyles.hint}>
          Paste one here, or select a file: PNG, JPEG, WebP or GIF, at most 10 MiB
        </p>
      ) : (
        <p id={`${id}-says`} className={fieldStyles.error} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

/** Why a file is not taken; null where it is. What it is called does not matter. */
export async function imageProblem(file: Blob): Promise<string | null> {
  const refused = imageSizeRefusal(file.size)
  if (refused !== null) return refused
  try {
    const first = new Uint8Array(await file.slice(0, 16).arrayBuffer())
    return imageTypeOf(first) === null ? NOT_AN_IMAGE : null
  } catch {
    return 'The image could not be read. Nothing was added.'
  }
}
