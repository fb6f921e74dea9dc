kubectl -n {{home}} patch configmap {{shop}} -p '{"data":{"BACKEND":"http://{{api}}.{{away}}:{{port}}"}}'
kubectl -n {{home}} rollout restart deployment {{shop}}
kubectl -n {{home}} rollout status deployment {{shop}}
sleep 10
