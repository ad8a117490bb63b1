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
# shellcheck disable=SC2086 # several options
exec "$home/lib/runtime/bin/mgmt" @OPTIONS@ ${MGMT_JAVA_OPTIONS-} -XX:AOTCache="$home/lib/mgmt.aot" \
  -Dmgmt.home="$home" -cp "@CLASSPATH@" @MAIN@ "$@"
