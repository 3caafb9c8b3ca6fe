#!/busybox sh
# Process 1 of the emulated machine: loads the modules for its disk, then goes over to it.
b=/busybox
$b mount -t devtmpfs dev /dev
$b mount -t proc proc /proc
for module in $($b cat /modules/order); do
  [ ! -f "/modules/$module.ko" ] || $b insmod "/modules/$module.ko"
done
for try in 1 2 3 4 5 6 7 8 9 10; do
  [ ! -b /dev/vda ] || break
  $b sleep 0.2
done
$b mount -t ext4 /dev/vda /disk || $b poweroff -f
$b umount /dev /proc
exec $b switch_root /disk /otmetka/busybox sh /otmetka/inside.sh
