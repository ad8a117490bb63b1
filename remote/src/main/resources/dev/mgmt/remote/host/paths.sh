# Every path that mgmt itself touches on a host. Sent in front of each of our scripts; HostPaths is
# its counterpart in Java. POSIX sh only: dash, busybox ash, bash.
#
#   <cache>/images/<digest>/            an image, whole: renamed into place with .complete in it
#   <cache>/images/.<digest>.<nonce>/   one that is arriving, or on its way out
#   <cache>/running/<digest>.<pid>      that process runs from this image
#   <cache>/state/<host>/               what agents of this name must know of earlier ones
LC_ALL=C
export LC_ALL
umask 077
newline='
'

# Sets caches: where a cache may be, best first, one a line. Who sets MGMT_CACHE wants it there and
# nowhere else.
find_caches() {
    uid=$(id -u)
    if [ "$uid" = 0 ]; then
        home_caches /var/cache/mgmt
    else
        home_caches ""
    fi
    if [ -z "${MGMT_CACHE:-}" ]; then
        caches=$caches$newline/var/tmp/mgmt-$uid
    fi
}

# The same without the last resort, which needs the user's number; the system's cache as given.
home_caches() {
    caches=${MGMT_CACHE:-$1}
    if [ -n "${MGMT_CACHE:-}" ]; then
        return
    fi
    if [ -n "${XDG_CACHE_HOME:-}" ]; then
        caches=$caches$newline$XDG_CACHE_HOME/mgmt
    elif [ -n "${HOME:-}" ] && [ "$HOME" != / ]; then
        caches=$caches$newline$HOME/.cache/mgmt
    fi
}

# Names everything that belongs to one image in one cache.
at() {
    cache=$1
    digest=$2
    images=$cache/images
    image=$images/$digest
    part=$images/.$digest.$nonce
    running=$cache/running
    marker=$running/$digest.$$
}

# What trusted says of a directory that it was asked about when an image was put there: who owns it
# alone can have changed its mode since. No fork; a shell without -O says no.
ours() {
    [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] 2>/dev/null
}

# Code runs from there: the directory must be ours, a directory and no link, and writable by nobody
# else. In a sticky directory such as /var/tmp it then stays ours.
trusted() {
    if [ ! -d "$1" ] || [ -L "$1" ]; then
        return 1
    fi
    # Words of ls -ldn: mode, links, owner's number, …
    set -- $(ls -ldn "$1" 2>/dev/null)
    case ${1:-} in
        d????-??-*) [ "$3" = "$uid" ] ;;
        *) return 1 ;;
    esac
}

# Whether a process runs from this image. Markers of processes that are gone are removed.
in_use() {
    for used in "$running/$1".*; do
        if kill -0 "${used##*.}" 2>/dev/null; then
            return 0
        fi
        rm -f "$used"
    done
    return 1
}

# Removes a directory so that nobody ever sees half of it under its own name.
discard() {
    if mv "$1" "$part.gone" 2>/dev/null; then
        rm -rf "$part.gone"
    fi
}

free_kib() {
    df -Pk "$1" 2>/dev/null | {
        read -r heading
        read -r device blocks used free rest
        echo "${free:-0}"
    }
}
