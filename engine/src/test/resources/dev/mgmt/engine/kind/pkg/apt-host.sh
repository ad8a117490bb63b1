# Makes a host of its own in this mount namespace: the machine's programs, but a package database, lists and archives that are
# empty, all on tmpfs. It is gone with its last process.
set -e
base=$1
mount -t tmpfs -o mode=0755 tmpfs "$base"
mkdir "$base/upper" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" "$base/root"
cd "$base/root"
for directory in var/lib/dpkg var/lib/apt var/cache/apt etc/apt var/log srv; do
  mount -t tmpfs -o mode=0755 tmpfs "./$directory"
done
mkdir var/lib/dpkg/info var/lib/dpkg/updates var/lib/dpkg/triggers var/lib/dpkg/alternatives var/lib/dpkg/parts \
  etc/apt/apt.conf.d etc/apt/preferences.d etc/apt/sources.list.d etc/apt/trusted.gpg.d var/log/apt srv/go
touch var/lib/dpkg/status
mount --rbind /dev dev
mount -t proc proc proc
# From within: before, /proc/PID/root still is the machine's own.
exec chroot . sh -c 'echo ready; exec sleep 3600'
