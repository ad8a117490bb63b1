# sh -c SCRIPT sh NONCE DIGEST CACHE
# Takes the image away unless another run uses it, and the cache with it if nothing is left there.
# What agents are to remember is not taken away: saved passwords, and refreshes that are still owed.
nonce=$1
at "$3" "$2"
if in_use "$digest"; then
    printf "mgmt %s kept\n" "$nonce"
else
    discard "$image"
    idle=yes
    for other in $(ls "$images"); do
        if in_use "$other"; then
            idle=
        fi
    done
    # Under its name an agent finds the one before it: gone only when there is none.
    if [ -n "$idle" ]; then
        rm -f "$cache"/state/*/refreshes.lock "$cache"/state/*/agent.lock
    fi
    rmdir "$cache"/state/* "$cache/state" "$images" "$running" "$cache" 2>/dev/null
    printf "mgmt %s removed\n" "$nonce"
fi
