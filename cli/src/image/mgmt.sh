#!/bin/sh
# Finds the image it lies in, then becomes the program: a native process named mgmt.
self=$0
while [ -L "$self" ]; do
  to=$(readlink "$self")
  case $to in
    /*) self=$to ;;
    *) self=${self%/*}/$to ;;
  esac
done
case $self in
  */bin/mgmt) home=${self%/bin/mgmt} ;;
  bin/mgmt) home=. ;;
  */*) home=${self%/*}/.. ;;
  *) home=.. ;;
esac
# Settings for other Java programs of this machine are not for this one.
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS CLASSPATH
# What a script starts in the background ignores SIGINT, and scripts send it all the same. No shell can undo that.
default=
while read -r key ignored; do
  if [ "$key" = SigIgn: ]; then
    case $ignored in
      *[2367abef]) env --default-signal=INT true 2>/dev/null && default="env --default-signal=INT" ;;
    esac
    break
  fi
done </proc/self/status
# shellcheck disable=SC2086 # several options
exec $default "$home/lib/runtime/bin/mgmt" @OPTIONS@ ${MGMT_JAVA_OPTIONS-} -XX:AOTCache="$home/lib/mgmt.aot" \
  -Dmgmt.home="$home" -cp "@CLASSPATH@" @MAIN@ "$@"
