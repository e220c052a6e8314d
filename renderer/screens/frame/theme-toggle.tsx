import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconBrightness, IconMoon, IconSun } from '@tabler/icons-react'
import { IconButton } from '../../components/icon-button.tsx'

const themes = {
  auto: { says: 'system', next: 'light', Icon: IconBrightness },
  light: { says: 'light', next: 'dark', Icon: IconSun },
  dark: { says: 'dark', next: 'auto', Icon: IconMoon },
} as const satisfies Record<MantineColorScheme, object>

/** Steps through the themes: system, light, dark. */
export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { says, next, Icon } = themes[colorScheme]
  return (
    <IconButton
      label={`Theme: ${says}. Change to ${themes[next].says}`}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={18} stroke={1.75} />
    </IconButton>
  )
}
