package dev.parley.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Every value is of the type that its field has in Kubernetes' models, which their own check does
/// not look at: a variable of `8080` without quotes is a number, and refused by a cluster.
final class Values {
  private Values() {}

  static void check(Type type, JsonElement json, String path, Consumer<String> problem) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class && json.isJsonArray()) {
        for (int i = 0; i < json.getAsJsonArray().size(); i++) {
          check(arguments[0], json.getAsJsonArray().get(i), path + "/" + i, problem);
        }
      } else if (generic.getRawType() == Map.class && json.isJsonObject()) {
        json.getAsJsonObject()
            .asMap()
            .forEach((key, value) -> check(arguments[1], value, path + "/" + key, problem));
      } else {
        problem.accept(path + " is no " + generic.getTypeName() + ": " + json);
      }
    } else if (type instanceof Class<?> model && isModel(model) && json.isJsonObject()) {
      for (Field field : model.getDeclaredFields()) {
        SerializedName name = field.getAnnotation(SerializedName.class);
        if (name != null && json.getAsJsonObject().has(name.value())) {
          check(
              field.getGenericType(),
              json.getAsJsonObject().get(name.value()),
              path + "/" + name.value(),
              problem);
        }
      }
    } else if (!isOf(type, json)) {
      problem.accept(path + " is no " + type.getTypeName() + ": " + json);
    }
  }

  private static boolean isModel(Class<?> type) {
    return type.getPackageName().equals("io.kubernetes.client.openapi.models");
  }

  private static boolean isOf(Type type, JsonElement json) {
    if (!json.isJsonPrimitive()) {
      return false;
    }
    var value = json.getAsJsonPrimitive();
    if (type == String.class) {
      return value.isString();
    }
    if (type == Integer.class || type == Long.class) {
      return value.isNumber();
    }
    if (type == Boolean.class) {
      return value.isBoolean();
    }
    return (type == Quantity.class || type == IntOrString.class) && !value.isBoolean();
  }
}
