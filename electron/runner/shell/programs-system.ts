import { changes, destroys, listed, reads, type Program } from './program.ts'

/** Programs that read, whatever their options are. */
const readers = listed(
  'cat tac head wc cut tr nl od xxd hexdump base64 md5sum sha1sum sha256sum sha512sum cksum file stat ls dir ' +
    'realpath readlink basename dirname pwd echo true false : test [ seq expr bc dc cal ' +
    'grep egrep fgrep zgrep zcat bzcat xzcat column paste join comm diff cmp fold fmt rev expand strings nproc ' +
    'df du free uptime w who whoami id groups last lastlog users uname arch locale getconf lscpu lsblk lspci lsusb lsmem lsmod ' +
    'ps pgrep pidof pstree pidstat mpstat lsof numastat slabtop vmstat iostat sar lsns lslocks getent findmnt blkid ' +
    'netstat nslookup host getfacl lsattr modinfo type which whereis hostid tty ' +
    'vgs lvs pvs vgdisplay lvdisplay pvdisplay lvscan pvscan vgscan sensors dmidecode jq zgrep printenv ' +
    'runlevel rabbitmq-diagnostics nfsstat biosdecode lstopo lshw ibstat ibstatus prtstat ' +
    'sleep uniq whois tracepath mtr-packet arping getcap ausearch aureport logname xfs_info dumpe2fs klist ' +
    'return exit break continue shift unset local cd pushd popd printf read wait getopts times ulimit umask',
)

/** Programs that need more to be said of. */
const particular: Readonly<Record<string, Program>> = {
  top: { otherwise: 'read', terminal: { '': 'always' }, unless: '-b --batch' },
  htop: { otherwise: 'read', terminal: { '': 'always' } },
  atop: { otherwise: 'read', terminal: { '': 'always' } },
  iotop: { otherwise: 'read', terminal: { '': 'always' }, unless: '-b --batch' },
  less: { otherwise: 'read', terminal: { '': 'always' } },
  more: { otherwise: 'read', terminal: { '': 'always' } },
  man: { otherwise: 'change', terminal: { '': 'always' } },
  vi: { otherwise: 'change', terminal: { '': 'always' } },
  vim: { otherwise: 'change', terminal: { '': 'always' } },
  nano: { otherwise: 'change', terminal: { '': 'always' } },
  emacs: { otherwise: 'change', terminal: { '': 'always' } },
  tmux: { otherwise: 'change', terminal: { '': 'always' } },
  screen: { otherwise: 'change', terminal: { '': 'always' } },
  passwd: { otherwise: 'change', terminal: { '': 'always' } },
  visudo: { otherwise: 'change', terminal: { '': 'always' } },
  gdb: { otherwise: 'change', terminal: { '': 'always' }, unless: '-batch --batch' },
  tail: { otherwise: 'read', endless: { '': '-f -F --follow --retry' } },
  date: { otherwise: 'read', raises: { '': { change: '-s --set' } } },
  sort: { otherwise: 'read', raises: { '': { change: '-o --output --compress-program -T' } } },
  yq: { otherwise: 'read', raises: { '': { change: '-i --inplace -s --split-exp' } } },
  tree: { otherwise: 'read', raises: { '': { change: '-o' } } },
  dmesg: {
    otherwise: 'read',
    raises: {
      '': {
        change: '-C --clear -c --read-clear -D -E -n --console-level --console-on --console-off',
      },
    },
    endless: { '': '-w --follow -W --follow-new' },
  },
  fuser: { otherwise: 'read', raises: { '': { destroy: '-k --kill' } } },
  sgdisk: {
    otherwise: 'destroy',
    reading: '-p --print -i',
    raises: { '': { destroy: '-Z -z -o -d -n -g -G -e' } },
  },
  parted: { otherwise: 'destroy', reading: '-l --list' },
  chage: { otherwise: 'change', reading: '-l --list' },
  hdparm: { otherwise: 'change' },
  numactl: { otherwise: 'change', reading: '-H --hardware -s --show' },
  strace: { otherwise: 'change', endless: { '': '-p --attach' } },
  perf: { otherwise: 'change', does: { read: 'list, report, script, stat' } },
  systemctl: {
    otherwise: 'read',
    takes:
      '-H --host -M --machine -t --type --state -p --property -n --lines -o --output --root -P',
    bare: '--user --system --no-pager -l --full -a --all --failed --no-legend -q --quiet --plain --no-ask-password --now',
    does: {
      read: 'status, show, list-units, list-unit-files, list-timers, list-sockets, list-dependencies, list-jobs, list-machines, is-active, is-enabled, is-failed, is-system-running, cat, help, get-default, show-environment',
      change:
        'start, stop, restart, reload, try-restart, reload-or-restart, try-reload-or-restart, enable, disable, reenable, mask, unmask, reset-failed, ' +
        'daemon-reload, daemon-reexec, edit, set-property, set-default, isolate, clean, link, revert, import-environment, set-environment, freeze, thaw, preset, bind, rescue, emergency, default, add-wants, add-requires, log-level, service-log-level, cancel, unset-environment, preset-all',
      destroy:
        'kill, reboot, poweroff, halt, kexec, suspend, hibernate, soft-reboot, switch-root, exit, hybrid-sleep',
    },
    terminal: { edit: 'always' },
  },
  journalctl: {
    otherwise: 'read',
    raises: {
      '': {
        change:
          '--rotate --sync --flush --relinquish-var --smart-relinquish-var --setup-keys --update-catalog --cursor-file',
        destroy: '--vacuum-size --vacuum-time --vacuum-files',
      },
    },
    endless: { '': '-f --follow' },
  },
  service: { otherwise: 'change', does: { read: '--status-all' } },
  timedatectl: {
    otherwise: 'read',
    does: {
      read: 'status, show, timesync-status, show-timesync, list-timezones',
      change: 'set-time, set-timezone, set-local-rtc, set-ntp, ntp-servers, revert',
    },
  },
  hostnamectl: {
    otherwise: 'read',
    does: {
      read: 'status, show',
      change:
        'set-hostname, hostname, set-icon-name, set-chassis, set-deployment, set-location, icon-name, chassis, deployment, location',
    },
  },
  loginctl: {
    otherwise: 'change',
    does: { read: 'list-sessions, list-users, session-status, user-status, show-session' },
  },
  chronyc: {
    otherwise: 'change',
    bare: '-n -a -c',
    does: { read: 'tracking, sources, sourcestats, activity, ntpdata, serverstats, clients' },
  },
  ntpq: { otherwise: 'read', raises: { '': { change: '-i' } } },
  sysctl: { otherwise: 'change', bare: '-n -e -q' },
  swapon: {
    otherwise: 'change',
    reading: '--show -s --summary',
    raises: { '': { change: '-a --all' } },
  },
  swapoff: { otherwise: 'change' },
  mount: { otherwise: 'change' },
  umount: { otherwise: 'change' },
  mdadm: {
    otherwise: 'change',
    reading: '--detail -D --examine -E --query -Q',
    raises: {
      '': {
        change: '--add -a --grow -G --create -C --assemble -A --build -B --manage --monitor -F',
        destroy: '--zero-superblock --stop -S --remove -r --fail -f',
      },
    },
  },
  smartctl: {
    otherwise: 'read',
    raises: {
      '': { change: '-t --test -s --smart -o --offlineauto -S --saveauto -X --abort --set' },
    },
  },
  nvme: {
    otherwise: 'change',
    does: {
      read: 'list, smart-log, id-ctrl, id-ns, error-log, fw-log, list-subsys',
      destroy: 'format, sanitize, delete-ns, write, reset',
    },
  },
  fdisk: {
    otherwise: 'destroy',
    reading: '-l --list',
    terminal: { '': 'always' },
    unless: '-l --list',
  },
  ipmitool: {
    otherwise: 'change',
    takes: '-H -U -P -I -L -p -f -C -N -R -t -b',
    bare: '-v -c -E -a',
    does: {
      read: 'sel list, sel elist, sel info, sel, sdr, sdr list, sdr elist, sdr type, sensor, sensor list, sensor get, fru, fru print, chassis status, power status, chassis power status, mc info, lan print, user list, bmc info, dcmi power reading',
      destroy:
        'power off, power cycle, power reset, power soft, chassis power off, chassis power cycle, chassis power reset, chassis power soft, mc reset, sel clear, raw',
    },
  },
  'nvidia-smi': {
    otherwise: 'read',
    takes: '-i -d -l',
    bare: '-q -L -a',
    raises: {
      '': {
        change:
          '-pm --persistence-mode -pl --power-limit -ac --applications-clocks -lgc -rgc -c --compute-mode -mig --multi-instance-gpu -am -e --ecc-config -p --reset-ecc-errors -f --filename -x',
        destroy: '-r --gpu-reset',
      },
    },
    endless: { '': '-l --loop -lms --loop-ms' },
    does: {
      read: 'topo, nvlink, dmon, pmon',
      change: 'drain, mig, compute-policy, boost-slider, power-hint, vgpu',
    },
  },
  crontab: {
    otherwise: 'change',
    takes: '-u',
    reading: '-l',
    raises: { '': { change: '-e', destroy: '-r' } },
    terminal: { '': '-e' },
  },
  history: { otherwise: 'read', raises: { '': { change: '-c -d -w -a -n -r' } } },
  tee: { otherwise: 'change' },
  script: { otherwise: 'change', terminal: { '': 'always' } },
  su: { otherwise: 'change', terminal: { '': 'always' }, unless: '-c --command' },
  kill: { otherwise: 'destroy' },
  tar: {
    otherwise: 'change',
    reading: '-t --list',
    raises: {
      '': {
        change:
          '-x --extract --get -c --create -r --append -u --update --delete -A --to-command --checkpoint-action -I --use-compress-program --index-file',
      },
    },
  },
  zfs: {
    otherwise: 'change',
    does: { read: 'list, get, holds, diff, userspace', destroy: 'destroy, rollback, inherit' },
  },
  zpool: {
    otherwise: 'change',
    does: {
      read: 'status, list, get, iostat, history, events',
      destroy: 'destroy, remove, labelclear, detach, offline',
    },
    endless: { iostat: '', events: '-f' },
  },
  lxc: { otherwise: 'change', does: { read: 'list, info, version', destroy: 'delete' } },
  virsh: {
    otherwise: 'change',
    takes: '-c --connect',
    does: {
      read: 'list, dominfo, domstate, dumpxml, domblklist, domiflist, nodeinfo, pool-list, vol-list, net-list, version',
      destroy:
        'destroy, undefine, reset, reboot, shutdown, vol-delete, pool-destroy, snapshot-delete',
    },
    terminal: { console: 'always', edit: 'always' },
  },
  apt: {
    otherwise: 'change',
    does: { read: 'list, show, search, policy', destroy: 'remove, purge, autoremove' },
  },
  'apt-get': {
    otherwise: 'change',
    does: { read: 'changelog', destroy: 'remove, purge, autoremove' },
  },
  'apt-cache': reads,
  dpkg: {
    otherwise: 'change',
    reading: '-l --list -L --listfiles -s --status -S --search',
    raises: { '': { destroy: '-r --remove -P --purge' } },
  },
  'dpkg-query': reads,
  yum: {
    otherwise: 'change',
    does: {
      read: 'list, info, search, repolist, history list',
      destroy: 'remove, erase, autoremove',
    },
  },
  dnf: {
    otherwise: 'change',
    does: {
      read: 'list, info, search, repolist, history list',
      destroy: 'remove, erase, autoremove',
    },
  },
  rpm: {
    otherwise: 'change',
    reading: '-q -qa -qi -ql -qf --query',
    raises: {
      '': {
        change:
          '-U -F --install --upgrade --freshen --import --initdb --rebuilddb --restore --setperms --setugids',
        destroy: '-e --erase',
      },
    },
  },
  git: {
    otherwise: 'change',
    takes: '-C --git-dir --work-tree',
    bare: '--no-pager -P --bare',
    does: {
      read: 'status, log, show, diff, blame, shortlog, describe, rev-parse, rev-list, ls-files, ls-tree, ls-remote, cat-file, grep, remote -v, branch --list, branch -a, branch -r, branch -v, branch -vv, tag --list, tag -l, stash list, reflog, config --list, config -l, config --get, merge-base, name-rev, for-each-ref, version, help, whatchanged',
      change:
        'fetch, pull, push, clone, commit, add, merge, rebase, checkout, switch, restore, revert, cherry-pick, tag, branch, stash, config, remote, init, am, apply, submodule, worktree, bisect, reflog expire, reflog delete',
      destroy:
        'clean, filter-branch, filter-repo, gc, prune, update-ref, reset, stash drop, stash clear, branch -D, push --force, push -f, push --delete, rm',
    },
    raises: {
      push: { destroy: '--force -f --delete -d --force-with-lease --mirror --prune' },
      branch: { destroy: '-D -d --delete -f --force' },
      diff: { change: '--output --ext-diff -O' },
      log: { change: '--output --ext-diff' },
      show: { change: '--output --ext-diff' },
      grep: { change: '-O --open-files-in-pager' },
      'ls-remote': { change: '--upload-pack' },
    },
  },
  gh: {
    otherwise: 'change',
    takes: '-R --repo',
    does: {
      read: 'pr list, pr view, pr diff, pr checks, pr status, run list, run view, issue list, issue view, release list, release view, repo view, workflow list, workflow view, auth status, status',
      destroy: 'repo delete, release delete, run delete, run cancel, issue delete',
    },
    endless: { 'run watch': 'always' },
  },
  auditctl: { otherwise: 'change', reading: '-l -s', raises: { '': { destroy: '-D' } } },
  getsebool: reads,
  getenforce: reads,
  sestatus: reads,
  udevadm: { otherwise: 'change', does: { read: 'info' }, endless: { monitor: 'always' } },
  multipath: { otherwise: 'change', reading: '-l -ll', raises: { '': { destroy: '-F -f' } } },
  exportfs: { otherwise: 'change' },
  showmount: reads,
  coredumpctl: { otherwise: 'change', does: { read: 'list, info' } },
  tuned: changes,
  nfsiostat: { otherwise: 'read' },
}

/** Programs that change something whatever their options are. */
const changers = listed(
  'cp mv ln rmmod badblocks mkdir touch chmod chown chgrp chattr setfacl install scp gzip gunzip bzip2 xz unzip zip patch ' +
    'useradd usermod groupadd modprobe insmod systemd-run at batch make ansible ansible-playbook puppet chef-client ' +
    'pip npm yarn cargo go docker-credential-helper renice ionice taskset sync fstrim tune2fs resize2fs xfs_growfs ' +
    'lvextend lvresize lvcreate vgextend vgcreate pvcreate firewall-cmd ufw tc setenforce setcap ssh-keygen ssh-add ssh-copy-id ' +
    'logrotate fsck e2fsck xfs_repair drbdadm pcs crm corosync-cfgtool export readonly declare typeset alias shopt set hash enable trap bind complete ' +
    'source . eval unalias mapfile readarray let exec builtin command',
)

/** Programs whose work cannot be undone. */
const destroyers = listed(
  'rm rmdir unlink shred dd mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkswap wipefs truncate ' +
    'blkdiscard cfdisk sfdisk reboot shutdown halt poweroff init telinit killall pkill skill xkill ' +
    'userdel groupdel lvremove vgremove pvremove lvreduce kexec',
)

const every = (names: readonly string[], program: Program) =>
  names.map((name) => [name, program] as const)

/** Programs of a Unix machine. */
export const systemPrograms: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(every(readers, reads)),
  ...Object.fromEntries(every(changers, changes)),
  ...Object.fromEntries(every(destroyers, destroys)),
  ...particular,
}
