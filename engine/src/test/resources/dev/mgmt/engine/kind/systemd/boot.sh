#!/bin/sh
# Boots systemd as the first process of a machine of its own. Its root is an overlay over this machine's; nothing of this
# machine's services is started, and nothing here is changed.
#
#   boot.sh DIRECTORY        run by unshare with a namespace for mounts; boots, and ends the machine when its input ends,
#                            be it that the test is over or that it died; then nothing is left of it, DIRECTORY included
#   boot.sh DIRECTORY first  run by the above, in namespaces for all else, as the process that becomes systemd
set -eu
directory=$1
base=$directory/base
groups=$directory/groups
group=$groups/mgmt-test-${directory##*/}

if [ $# -eq 1 ]; then
  trap '' HUP INT TERM # The end of the input says the same, and it comes even after a kill -9.
  mkdir "$base" "$groups"
  mount -t cgroup2 cgroup2 "$groups"
  mkdir "$group"
  sh -c 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' sh "$group" \
    unshare --pid --uts --ipc --net --cgroup --mount --propagation private --fork --kill-child sh "$0" "$directory" first &
  machine=$!
  echo "$machine" >"$directory/machine.new"
  mv "$directory/machine.new" "$directory/machine"
  cat >/dev/null
  # With its first process all others are killed, and unshare takes leave of it.
  kill -KILL $(cat "/proc/$machine/task/$machine/children") 2>/dev/null || kill -KILL "$machine" 2>/dev/null || :
  wait "$machine" || :
  # The others may take a moment: until they are gone their groups are busy.
  tries=0
  while [ -d "$group" ] && [ "$tries" -lt 200 ]; do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.05
    tries=$((tries + 1))
  done
  umount -l "$groups"
  exec rm -rf --one-file-system "$directory"
fi

mount -t tmpfs -o mode=0755 mgmt-test "$base"
mkdir "$base/upper" "$base/work" "$base/root"
mount -t overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" mgmt-test "$base/root"
root=$base/root

mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,ro,bind "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=0755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount -t tmpfs -o mode=0755 dev "$root/dev"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
: >"$root/dev/console"
mount --bind /dev/null "$root/dev/console"
# Services with PrivateDevices want all of these.
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"

# Only what a test asks for is started.
rm -rf "$root"/etc/systemd/system/* "$root"/usr/lib/systemd/system/*.wants "$root"/usr/lib/systemd/system-generators
rm -rf "$root"/etc/machine-info "$root"/var/log/journal
: >"$root/etc/fstab"
: >"$root/etc/machine-id"
echo test-machine >"$root/etc/hostname"
hostname test-machine
cat >"$root/etc/systemd/system/mgmt-test.target" <<'UNIT'
[Unit]
DefaultDependencies=no
Requires=dbus.socket
Wants=systemd-journald.socket systemd-journald-dev-log.socket systemd-journald.service
After=dbus.socket systemd-journald.socket systemd-journald-dev-log.socket systemd-journald.service
UNIT
mkdir "$root/etc/systemd/system.conf.d"
printf '[Manager]\nDefaultTimeoutStartSec=10\nDefaultTimeoutStopSec=10\n' >"$root/etc/systemd/system.conf.d/test.conf"
: >"$root/run/mgmt-test-machine"

cd "$root"
mkdir before
pivot_root . before
umount -l /before
exec env -i container=mgmt-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --system --unit=mgmt-test.target --log-target=console --show-status=0
