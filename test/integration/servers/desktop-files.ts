/**
 * Configuration of a private session bus. It has no service folders: what a test does not start is
 * not started by anybody.
 */
export function busConfig(socket: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}

/** dunst: large enough to be read in a screenshot; tells the recorder of each one that it shows. */
export function dunstConfig(scripts: {
  readonly recorder: string
  readonly chooser: string
}): string {
  return `[global]
font = Sans 18
width = 720
height = 500
origin = top-right
offset = 20x20
padding = 16
horizontal_padding = 18
max_icon_size = 64
frame_width = 3
markup = full
word_wrap = yes
format = "<b>%s</b>\\n%b"
history_length = 1000
notification_limit = 0
sort = no
indicate_hidden = yes
stack_duplicates = false
dmenu = ${scripts.chooser}
always_run_script = true

[record]
script = ${scripts.recorder}

[urgency_low]
background = "#eef1f4"
foreground = "#22272e"
frame_color = "#8a929c"
timeout = 0

[urgency_normal]
background = "#fff8e6"
foreground = "#22272e"
frame_color = "#c98a00"
timeout = 0

[urgency_critical]
background = "#3a0d12"
foreground = "#ffffff"
frame_color = "#e5484d"
timeout = 0
`
}

/** Writes the variables that dunst gives its scripts into a file named by the notification's id. */
export function recorderScript(folder: string): string {
  return `#!/bin/sh
env -0 > "${folder}/.$$" && mv "${folder}/.$$" "${folder}/$DUNST_ID"
`
}

/** Stands where dunst's menu is: picks the first line that begins with what the test wants. */
export function chooserScript(wantedFile: string): string {
  return `#!/bin/sh
exec grep -m 1 -F -e "$(cat "${wantedFile}")"
`
}
