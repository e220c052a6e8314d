import { useMantineColorScheme } from '@mantine/core'
import { textSizes } from './settings-appearance.ts'
import { useAppearance, useSettingsModel } from './settings-model.ts'
import { ChoiceField } from '../../components/fields/controls.tsx'
import screen from './settings.module.css'

const sizes = textSizes.map((size) => ({
  value: String(size),
  label: size === 100 ? '100 %' : `${String(size)} %`,
}))

/** How the cockpit looks in this browser. */
export function AppearanceSettings() {
  const { appearance } = useSettingsModel()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const textSize = useAppearance((state) => state.textSize)
  return (
    <section className={screen.panel} aria-label="Appearance">
      <p className={screen.lead}>For this browser on this computer; applies immediately.</p>
      <ChoiceField
        legend="Theme"
        value={colorScheme}
        options={[
          { value: 'auto', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChange={setColorScheme}
      />
      <ChoiceField
        legend="Text size"
        value={String(textSize)}
        options={sizes}
        onChange={(value) => {
          const chosen = textSizes.find((size) => String(size) === value)
          if (chosen !== undefined) appearance.setTextSize(chosen)
        }}
      />
    </section>
  )
}
